import { describe, expect, it } from 'vitest';
import { parseSqliteStorageOptions, type SqliteStorageOptions } from './config.js';

describe('the options', () => {
  it('have defaults for everything but the path', () => {
    expect(parseSqliteStorageOptions({ path: ' data/postrider.db ' })).toEqual({
      path: 'data/postrider.db',
      cacheMiB: 64,
      autoMigrate: true,
    });
  });

  it.each<[string, object]>([
    ['no path', {}],
    ['an empty path', { path: ' ' }],
    ['a database in memory', { path: ':memory:' }],
    ['a URI', { path: 'file:data.db?mode=memory' }],
    ['a cache of nothing', { path: 'x.db', cacheMiB: 0 }],
    ['an unknown key', { path: 'x.db', synchronous: 'OFF' }],
  ])('with %s are refused', (_what, options) => {
    expect(() => parseSqliteStorageOptions(options as SqliteStorageOptions)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }) as Error,
    );
  });
});
