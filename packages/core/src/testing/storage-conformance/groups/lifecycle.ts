import assert from 'node:assert/strict';
import { isPostriderError } from '../../../errors.js';
import { assertSame } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { everyMethod } from '../every-method.js';
import { createTenant } from '../fixtures.js';
import { atDay } from '../instants.js';

/** Opening, checking and closing. */
export const lifecycleGroup: ConformanceGroup = {
  name: 'life cycle and errors',
  storage: 'fresh',
  cases: [
    {
      name: 'a fresh store is empty',
      run: async ({ storage }) => {
        assert.deepEqual(await storage.listEnvironments({}), []);
        assertSame(await storage.measureQueue({ now: atDay(3650) }), { pending: 0, due: 0, inFlight: 0, backlogs: [] });
      },
    },
    {
      name: 'migrating again, even at the same time, changes nothing',
      run: async (world) => {
        const { environmentId, applicationId } = await createTenant(world);
        const application = { id: applicationId };
        const before = await world.storage.getApplication({ environmentId, application });
        await world.storage.migrate({});
        await Promise.all([world.storage.migrate({}), world.storage.migrate({})]);
        assertSame(await world.storage.getApplication({ environmentId, application }), before);
      },
    },
    {
      name: 'an open store is healthy, and tells how long a statement takes',
      run: async ({ storage }) => {
        const { healthy, latencyMs, problem } = await storage.health({});
        assert.equal(healthy, true);
        assert.equal(problem, undefined);
        assert.ok(latencyMs >= 0 && latencyMs < 60_000, `latencyMs is ${latencyMs}`);
      },
    },
    {
      name: 'a store with a clock of its own tells the time whenever it is asked, and the time does not go back',
      run: async ({ storage }) => {
        const times = [await storage.health({}), await storage.health({})].map(({ now }) => now);
        if (times.every((now) => now === undefined)) return;
        const instants = times.map((now) => now?.getTime() ?? Number.NaN);
        assert.deepEqual(
          instants,
          [...instants].sort((a, b) => a - b),
        );
        assert.ok(instants.every(Number.isFinite), 'an instant each time');
      },
    },
    {
      name: 'a closed store is not healthy, and says why instead of rejecting',
      run: async ({ storage }) => {
        await storage.close();
        const { healthy, problem } = await storage.health({});
        assert.equal(healthy, false);
        assert.ok(problem !== undefined && problem.length > 0, 'a problem in words');
      },
    },
    {
      name: 'closing twice, even at the same time, is safe',
      run: async ({ storage }) => {
        await Promise.all([storage.close(), storage.close()]);
        await storage.close();
      },
    },
    {
      name: 'after closing, every method rejects with STORAGE_CLOSED',
      run: async ({ storage }) => {
        await storage.close();
        const wrong: Record<string, string> = {};
        for (const [name, call] of Object.entries(everyMethod)) {
          const error = await call(storage).then(
            () => 'nothing: it resolved',
            (reason: unknown) => reason,
          );
          if (!isPostriderError(error, 'STORAGE_CLOSED')) wrong[name] = String(error);
        }
        assert.deepEqual(wrong, {}, 'what methods rejected with instead');
      },
    },
  ],
};
