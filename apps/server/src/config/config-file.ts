import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { coreError } from '@postrider/core';
import { z } from 'zod';
import type { PluginChoice, PostriderConfig } from './define-config.js';

/** Where the file is looked for, in this order, unless `POSTRIDER_CONFIG` names it. */
export const configFileNames = [
  'postrider.config.ts',
  'postrider.config.mts',
  'postrider.config.js',
  'postrider.config.mjs',
  'postrider.config.json',
] as const;

const options = z.record(z.string(), z.unknown());
const schema = z.strictObject({
  storage: z.union([z.string(), z.strictObject({ package: z.string(), options: options.optional() })]).optional(),
  plugins: z
    .array(z.union([z.string(), z.strictObject({ package: z.string(), options: options.optional() })]))
    .optional(),
});

/** The plugins that a configuration file names, in the form of the variables. */
export interface ConfigFile {
  /** Absent when there is no file. */
  readonly path?: string | undefined;
  readonly storage?: string | undefined;
  readonly plugins?: readonly string[] | undefined;
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Reads the file, if there is one. Throws `CONFIG_INVALID` when it cannot be read or says something unknown. */
export function readConfigFile(params: { readonly path?: string | undefined; readonly directory: string }): ConfigFile {
  const { path: chosen, directory } = params;
  const candidates =
    chosen === undefined ? configFileNames.map((name) => join(directory, name)) : [resolve(directory, chosen)];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    if (chosen === undefined) return { options: {} };
    throw fileError(chosen, 'it does not exist');
  }
  const parsed = schema.safeParse(load(path));
  if (!parsed.success) throw fileError(path, z.prettifyError(parsed.error).replaceAll('\n', ' '));
  return { path, ...toVariables(parsed.data, dirname(path)) };
}

function load(path: string): unknown {
  try {
    const loaded: unknown = createRequire(path)(path);
    const isModule = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
    return isModule ? loaded.default : loaded;
  } catch (error) {
    throw fileError(path, error instanceof Error ? error.message : String(error), error);
  }
}

function toVariables({ storage, plugins }: PostriderConfig, directory: string): ConfigFile {
  const locate = (name: string): string => (/^\.{1,2}\//.test(name) ? resolve(directory, name) : name);
  const nameOf = (choice: PluginChoice): string => locate(typeof choice === 'string' ? choice : choice.package);
  const choices = [...(storage === undefined ? [] : [storage]), ...(plugins ?? [])];
  return {
    storage: storage === undefined ? undefined : nameOf(storage),
    plugins: plugins?.map(nameOf),
    options: Object.fromEntries(
      choices.flatMap((choice) => (typeof choice === 'string' ? [] : [[nameOf(choice), choice.options ?? {}]])),
    ),
  };
}

function fileError(path: string, problem: string, cause?: unknown): Error {
  const found = `POSTRIDER_CONFIG: the configuration file ${path} cannot be used: ${problem}.`;
  return coreError(
    'CONFIG_INVALID',
    `${found} Expected an object with "storage" and "plugins", each plugin a name or { package, options }.`,
    { cause, details: { problems: [found] } },
  );
}
