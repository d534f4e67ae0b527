import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPlugins, type PluginReference } from './load-plugins.js';

const pluginSource = (name: string) =>
  `{ $$plugin: 1, name: '${name}', version: '1.0.0', api: '^1.0.0', config: {}, provides: [], requires: {}, optional: {}, contributes: [], capabilities: {}, setup: () => ({}) }`;

/** Packages as they could be installed beside a configuration file. */
const files: Readonly<Record<string, string>> = {
  'node_modules/esm/package.json': JSON.stringify({ name: 'esm', type: 'module', exports: './index.js' }),
  'node_modules/esm/index.js': `export default ${pluginSource('esm')};`,
  'node_modules/@scope/import-only/package.json': JSON.stringify({
    name: '@scope/import-only',
    type: 'module',
    exports: { './other': './other.js', '.': { types: './index.d.ts', import: { node: './lib/main.js' } } },
  }),
  'node_modules/@scope/import-only/lib/main.js': `export default ${pluginSource('@scope/import-only')};`,
  'node_modules/cjs/package.json': JSON.stringify({ name: 'cjs', main: 'main.cjs' }),
  'node_modules/cjs/main.cjs': `exports.__esModule = true; exports.default = ${pluginSource('cjs')};`,
  'node_modules/no-plugin/package.json': JSON.stringify({ name: 'no-plugin', type: 'module', exports: './index.js' }),
  'node_modules/no-plugin/index.js': 'export default { name: "no-plugin" };',
  'node_modules/no-default/package.json': JSON.stringify({ name: 'no-default', type: 'module', exports: './index.js' }),
  'node_modules/no-default/index.js': 'export const plugin = 1;',
  'node_modules/throws/package.json': JSON.stringify({ name: 'throws', type: 'module', exports: './index.js' }),
  'node_modules/throws/index.js': 'throw new Error("missing native binding");',
  'plugins/local.mjs': `export default ${pluginSource('local')};`,
};

describe('loadPlugins', () => {
  let folder = '';
  const load = (...references: readonly (string | PluginReference)[]) =>
    loadPlugins({
      references: references.map((reference) => (typeof reference === 'string' ? { package: reference } : reference)),
      baseUrl: pathToFileURL(join(folder, 'postrider.config.json')),
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postrider-plugins-'));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('imports packages as a module beside the configuration would, however they are built', async () => {
    const entries = await load('esm', '@scope/import-only', 'cjs', './plugins/local.mjs');
    expect(entries.map((entry) => entry.plugin.name)).toEqual(['esm', '@scope/import-only', 'cjs', 'local']);
  });

  it('keeps configuration and policy with the plugin', async () => {
    const config = { url: 'x' };
    expect(await load({ package: 'esm', config, onBootFailure: 'continue' })).toMatchObject([
      { plugin: { name: 'esm' }, config, onBootFailure: 'continue' },
    ]);
  });

  it('reports every package that cannot be used, in plain words', async () => {
    const failure: unknown = await load('esm', 'absent', 'throws', 'no-plugin', 'no-default', './gone.mjs').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      details: {
        problems: [
          { code: 'PLUGIN_LOAD_FAILED', plugin: 'absent' },
          {
            code: 'PLUGIN_LOAD_FAILED',
            plugin: 'throws',
            message: '"throws" failed while it was imported: missing native binding',
          },
          {
            code: 'PLUGIN_INVALID',
            plugin: 'no-plugin',
            message:
              'The default export of "no-plugin" is not a plugin: expected `export default definePlugin({ … })`.',
          },
          { code: 'PLUGIN_INVALID', plugin: 'no-default' },
          { code: 'PLUGIN_LOAD_FAILED', plugin: './gone.mjs' },
        ],
      },
    });
    expect((failure as Error).message).toContain(
      `"absent" was not found from ${pathToFileURL(folder).href}/postrider.config.json: install the package there`,
    );
  });
});
