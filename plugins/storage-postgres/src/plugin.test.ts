import { silentLogger, systemClock, systemRandom } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import storagePostgres from './index.js';

describe('the plugin', () => {
  it('opens nothing when it is set up: it can be stopped at once, twice', async () => {
    const config = { url: 'postgres://127.0.0.1:1/absent', schema: 'public', poolSize: 2 };
    const deps = { clock: systemClock, random: systemRandom };

    const wiring = storagePostgres.setup({ config, deps, logger: silentLogger });

    const { signal } = new AbortController();
    await wiring.stop?.({ signal });
    await wiring.stop?.({ signal });
    expect(wiring.ports?.map(({ port }) => port.id)).toEqual(storagePostgres.provides.map(({ id }) => id));
  });

  it('refuses unknown options and what is no PostgreSQL', async () => {
    const check = async (options: object): Promise<readonly string[]> => {
      const result = await storagePostgres.config['~standard'].validate(options);
      return (result.issues ?? []).map(({ message }) => message);
    };
    expect(await check({ url: 'postgres://127.0.0.1/test' })).toEqual([]);
    expect(await check({ url: 'mysql://127.0.0.1/test' })).toEqual([expect.stringContaining('postgres://')]);
    expect(await check({ url: 'postgres://127.0.0.1/test', pool: 3 })).toEqual([expect.stringContaining('pool')]);
    expect(await check({ url: 'postgres://127.0.0.1/test', schema: 'a; DROP' })).toHaveLength(1);
  });
});
