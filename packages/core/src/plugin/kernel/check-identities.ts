import semver from 'semver';
import type { Logger } from '../../ports/logger.js';
import { isPlugin } from '../define-plugin.js';
import { acceptsApiVersion, isApiRange } from '../plugin-api-version.js';
import type { PluginEntry } from './plugin-entry.js';
import type { WiringProblem } from './wiring-problem.js';

export interface IdentityParams {
  readonly entries: readonly PluginEntry[];
  readonly hostApiVersion: string;
  /** Names of plugins that run although their `api` range says no. */
  readonly allowIncompatible: readonly string[];
  readonly logger: Logger;
}

export interface CheckedIdentities {
  /** Entries with distinct names and a sound declaration: their data can be trusted for further checks. */
  readonly sound: readonly PluginEntry[];
  /** The part of `sound` whose code may run. */
  readonly compatible: readonly PluginEntry[];
  readonly problems: readonly WiringProblem[];
}

/** Checks who the plugins say they are, before any of their code (schemas included) runs. */
export function checkIdentities(params: IdentityParams): CheckedIdentities {
  const sound: PluginEntry[] = [];
  const compatible: PluginEntry[] = [];
  const problems: WiringProblem[] = [];
  const names = new Set<string>();

  for (const entry of params.entries) {
    const problem = checkDeclaration(entry) ?? checkUnique(entry, names);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    names.add(entry.plugin.name);
    sound.push(entry);
    const incompatible = checkApi(entry, params);
    if (incompatible === undefined) compatible.push(entry);
    else problems.push(incompatible);
  }
  for (const name of params.allowIncompatible) {
    if (!names.has(name)) {
      params.logger.warn(`allowIncompatible names "${name}", but no such plugin is configured`, { plugin: name });
    }
  }
  return { sound, compatible, problems };
}

function checkDeclaration({ plugin }: PluginEntry): WiringProblem | undefined {
  if (!isPlugin(plugin)) {
    return { code: 'PLUGIN_INVALID', message: 'A configured plugin was not made by definePlugin.' };
  }
  if (typeof plugin.name !== 'string' || plugin.name === '') {
    return { code: 'PLUGIN_INVALID', message: 'A plugin has no name: expected the npm name of its package.' };
  }
  const invalid = (message: string): WiringProblem => ({ code: 'PLUGIN_INVALID', plugin: plugin.name, message });
  if (semver.valid(plugin.version) === null) {
    return invalid(
      `Plugin "${plugin.name}" has the version "${plugin.version}": expected a semver version like 1.2.3.`,
    );
  }
  if (!isApiRange(plugin.api)) {
    return invalid(`Plugin "${plugin.name}" has the api range "${plugin.api}": expected a semver range like ^1.0.0.`);
  }
  // Data that types promise and plain JavaScript does not.
  const validate: unknown = plugin.config?.['~standard']?.validate;
  if (typeof validate !== 'function') {
    return invalid(`Plugin "${plugin.name}" declares no config schema: expected a Standard Schema validator.`);
  }
  return undefined;
}

function checkUnique({ plugin }: PluginEntry, names: ReadonlySet<string>): WiringProblem | undefined {
  if (!names.has(plugin.name)) return undefined;
  return {
    code: 'PLUGIN_DUPLICATE',
    plugin: plugin.name,
    message: `Plugin "${plugin.name}" is configured twice: remove one of the two.`,
  };
}

function checkApi({ plugin }: PluginEntry, params: IdentityParams): WiringProblem | undefined {
  if (acceptsApiVersion(plugin.api, params.hostApiVersion)) return undefined;
  const found = `Plugin "${plugin.name}" ${plugin.version} works with plugin API ${plugin.api}, the host has ${params.hostApiVersion}`;
  if (params.allowIncompatible.includes(plugin.name)) {
    params.logger.warn(`${found}; it runs because allowIncompatible names it`, { plugin: plugin.name });
    return undefined;
  }
  return {
    code: 'PLUGIN_API_INCOMPATIBLE',
    plugin: plugin.name,
    message: `${found}: install a version of the plugin made for this host, or name it in allowIncompatible.`,
  };
}
