import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigFile } from './config-file.js';
import { readConfiguration } from './load-config.js';

describe('the configuration file', () => {
  let directory = '';
  const write = (name: string, text: string): void => writeFileSync(join(directory, name), text);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-config-file-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it.each([
    [
      'postrider.config.ts',
      `interface Any { plugins: unknown[] }
       export default { plugins: ['@acme/a', { package: './b.js', options: { b: 1 } }] } satisfies Any;`,
    ],
    ['postrider.config.mjs', `export default { plugins: ['@acme/a', { package: './b.js', options: { b: 1 } }] };`],
    ['postrider.config.json', `{ "plugins": ["@acme/a", { "package": "./b.js", "options": { "b": 1 } }] }`],
  ])('%s names plugins, from where it is', (name, text) => {
    write(name, text);
    const config = readConfiguration({}, directory);
    expect(config.pluginPackages).toEqual(['@acme/a', join(directory, 'b.js')]);
    expect(config.pluginOptions).toEqual({ [join(directory, 'b.js')]: { b: 1 } });
  });

  it('gives way to variables: a list of plugins as a whole, options one by one', () => {
    write(
      'own.json',
      `{ "storage": { "package": "@acme/store", "options": { "a": 1, "b": 1 } }, "plugins": ["@acme/a"] }`,
    );
    const config = readConfiguration(
      {
        POSTRIDER_CONFIG: 'own.json',
        POSTRIDER_PLUGINS: '@acme/other',
        POSTRIDER_PLUGIN_OPTIONS: '{"@acme/store":{"b":2},"@acme/other":{"c":3}}',
      },
      directory,
    );
    expect(config).toMatchObject({ storagePackage: '@acme/store', pluginPackages: ['@acme/other'] });
    expect(config.pluginOptions).toEqual({ '@acme/store': { a: 1, b: 2 }, '@acme/other': { c: 3 } });
    const named = readConfiguration({ POSTRIDER_CONFIG: 'own.json', POSTRIDER_STORAGE: '@acme/third' }, directory);
    expect(named.storagePackage).toBe('@acme/third');
  });

  it('is not needed, but when it is named it has to be there', () => {
    expect(readConfigFile({ directory })).toEqual({ options: {} });
    expect(() => readConfigFile({ directory, path: 'own.ts' })).toThrow('it does not exist');
  });

  it.each([
    ['what is not known', `export default { plugin: ['@acme/a'] };`, 'plugin'],
    ['what does not run', `throw new Error('oops');`, 'oops'],
    ['another type', `export default ['@acme/a'];`, 'expected object'],
  ])('is refused with %s, in a sentence', (_, text, problem) => {
    write('postrider.config.mjs', text);
    expect(() => readConfigFile({ directory })).toThrow(problem);
    expect(() => readConfigFile({ directory })).toThrow('postrider.config.mjs cannot be used');
  });
});
