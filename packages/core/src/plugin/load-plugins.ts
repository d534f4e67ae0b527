import { readFile } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';
import { coreError, isPostriderError } from '../errors.js';
import { isPlugin, type Plugin } from './define-plugin.js';
import type { BootFailurePolicy, PluginEntry } from './kernel/plugin-entry.js';
import { describeThrown, type WiringProblem } from './kernel/wiring-problem.js';

/** A plugin as a configuration file names it. */
export interface PluginReference {
  /** npm name of an installed package, or a path to a module that starts with `./`, `../` or `/`. */
  readonly package: string;
  readonly config?: unknown;
  readonly onBootFailure?: BootFailurePolicy | undefined;
}

/**
 * Imports the named packages, as a module at `baseUrl` (a `file:` URL) would, and checks that their default exports
 * are plugins. Rejects with `PLUGIN_LOAD_FAILED`, whose `details.problems` name every package that cannot be used.
 */
export async function loadPlugins(params: {
  readonly references: readonly PluginReference[];
  readonly baseUrl: URL | string;
}): Promise<PluginEntry[]> {
  const entries: PluginEntry[] = [];
  const problems: WiringProblem[] = [];
  for (const { package: specifier, config, onBootFailure } of params.references) {
    try {
      entries.push({ plugin: await loadPlugin(specifier, params.baseUrl), config, onBootFailure });
    } catch (error) {
      const code = isPostriderError(error, 'PLUGIN_INVALID') ? 'PLUGIN_INVALID' : 'PLUGIN_LOAD_FAILED';
      problems.push({ code, plugin: specifier, message: describeThrown(error) });
    }
  }
  if (problems.length === 0) return entries;
  const lines = problems.map((problem) => `  - ${problem.message}`);
  throw coreError('PLUGIN_LOAD_FAILED', `Plugins could not be loaded:\n${lines.join('\n')}`, { details: { problems } });
}

async function loadPlugin(specifier: string, baseUrl: URL | string): Promise<Plugin> {
  let url: string;
  try {
    url = await resolveModule(specifier, baseUrl);
  } catch (error) {
    throw coreError(
      'PLUGIN_LOAD_FAILED',
      `"${specifier}" was not found from ${String(baseUrl)}: install the package there, or correct its name (${firstLine(error)}).`,
      { cause: error },
    );
  }
  let exports: { readonly default?: unknown };
  try {
    exports = (await import(/* @vite-ignore */ url)) as { readonly default?: unknown };
  } catch (error) {
    throw coreError('PLUGIN_LOAD_FAILED', `"${specifier}" failed while it was imported: ${describeThrown(error)}`, {
      cause: error,
    });
  }
  const plugin = [exports.default, defaultOfCommonJs(exports.default)].find(isPlugin);
  if (plugin === undefined) {
    throw coreError(
      'PLUGIN_INVALID',
      `The default export of "${specifier}" is not a plugin: expected \`export default definePlugin({ … })\`.`,
    );
  }
  return plugin;
}

/** Compiled CommonJS puts the default export one level deeper. */
function defaultOfCommonJs(moduleExports: unknown): unknown {
  return typeof moduleExports === 'object' && moduleExports !== null && 'default' in moduleExports
    ? moduleExports.default
    : undefined;
}

async function resolveModule(specifier: string, baseUrl: URL | string): Promise<string> {
  try {
    return pathToFileURL(createRequire(baseUrl).resolve(specifier)).href;
  } catch (error) {
    // `require` does not see the exports of packages for `import` alone, and nothing stable resolves for `import`
    // from another place than this module.
    const url = await resolveImportOnly(specifier, baseUrl);
    if (url === undefined) throw error;
    return url;
  }
}

async function resolveImportOnly(specifier: string, baseUrl: URL | string): Promise<string | undefined> {
  if (/^[./]/.test(specifier)) return undefined;
  const manifestPath = findPackageJSON(specifier, baseUrl);
  if (manifestPath === undefined) return undefined;
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as { readonly exports?: unknown };
  const target = importTarget(manifest.exports);
  return target === undefined ? undefined : new URL(target, pathToFileURL(manifestPath)).href;
}

/** The file that `import` of the package's main entry leads to. */
function importTarget(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  for (const [condition, target] of Object.entries(exports)) {
    if (!['.', 'node', 'import', 'default'].includes(condition)) continue;
    const found = importTarget(target);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstLine(error: unknown): string {
  return describeThrown(error).split('\n', 1)[0] as string;
}
