import { z } from 'zod';
import type { ConfigFile } from './config-file.js';
import { environmentSchema, variableDocs } from './environment-schema.js';
import { readVariable, type Environment } from './load-config.js';

/** A variable as it counts in a process. */
export interface ConfiguredVariable {
  readonly name: string;
  /** Absent when it is not set and has no constant default. */
  readonly value: string | undefined;
  /** Where the value is from. */
  readonly source: 'variable' | 'file' | 'configuration file' | 'default';
  /** It must not be shown. */
  readonly isSecret: boolean;
}

/** Every variable with the value that counts and where it is from. Checks nothing. */
export function describeConfig(environment: Environment, file: ConfigFile): readonly ConfiguredVariable[] {
  return Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const isSecret = variableDocs.get(schema)?.secret === true;
    const value = readVariable({ name, environment, problems: [] });
    if (value !== undefined) return { name, value, isSecret, source: environment[name] ? 'variable' : 'file' };
    const chosen = ofFile(name, file);
    if (chosen !== undefined) return { name, value: chosen, isSecret, source: 'configuration file' };
    const fallback = schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined;
    return { name, value: fallback, isSecret, source: 'default' };
  });
}

function ofFile(name: string, { storage, plugins, options, path }: ConfigFile): string | undefined {
  if (name === 'POSTRIDER_CONFIG') return path;
  if (name === 'POSTRIDER_STORAGE') return storage;
  if (name === 'POSTRIDER_PLUGINS') return plugins?.join(',');
  return name === 'POSTRIDER_PLUGIN_OPTIONS' && Object.keys(options).length > 0 ? JSON.stringify(options) : undefined;
}
