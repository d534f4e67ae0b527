import assert from 'node:assert/strict';
import type { Endpoint } from '../../../domain/endpoint.js';
import type { FailureRun } from '../../../domain/failure-run.js';
import { assertSame, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeApplication, storeEndpoint, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claimOne, newAttempt, outcomeOf, publish } from '../publishing.js';
import type { StorageWorld } from '../storage-world.js';

/** Records a sign alone: a failure at that second, or a success. */
async function sign({ world, applicationId }: Tenant, endpointId: string, failedAtSeconds?: number): Promise<void> {
  const failedAt = failedAtSeconds === undefined ? undefined : at(failedAtSeconds);
  const failureSigns = [{ applicationId, endpointId, failedAt }];
  await world.storage.recordOutcomes({ outcomes: [], failureSigns, recordedAt: at(1) });
}

const list = (world: StorageWorld, before = at(1_000_000), limit = 100): Promise<readonly FailureRun[]> =>
  world.storage.listFailureRuns({ before, limit });

function runOf({ environmentId, applicationId, id: endpointId }: Endpoint, since: number, notices = 0): FailureRun {
  return { environmentId, applicationId, endpointId, failingSince: at(since), notices };
}

async function routedSince({ world, applicationId }: Tenant): Promise<(Date | undefined)[]> {
  const routes = present(await world.storage.loadRoutes({ applicationId }), 'the routes');
  return routes.endpoints.map(({ failingSince }) => failingSince);
}

/** Failure runs: when they begin and end, who finds them, and that one of several changes them. */
export const failureRunsGroup: ConformanceGroup = {
  name: 'failure runs',
  storage: 'fresh',
  cases: [
    {
      name: 'the first failure begins a run, later ones leave it, a success ends it; routes tell of it',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpoint = await storeEndpoint(tenant);
        assertSame(await routedSince(tenant), [undefined]);
        await sign(tenant, endpoint.id);
        assertSame(await list(world), []);
        for (const second of [10, 5, 20]) await sign(tenant, endpoint.id, second);
        assertSame(await list(world), [runOf(endpoint, 10)]);
        assertSame(await routedSince(tenant), [at(10)]);
        await sign(tenant, endpoint.id);
        assertSame(await list(world), []);
        assertSame(await routedSince(tenant), [undefined]);
        await sign(tenant, endpoint.id, 30);
        assertSame(await list(world), [runOf(endpoint, 30)]);
      },
    },
    {
      name: 'signs are recorded with their outcomes, fenced or not; the last sign of a batch counts',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const [up, down] = [await storeEndpoint(tenant), await storeEndpoint(tenant)];
        await publish(tenant, { endpointIds: [down.id] });
        const claimed = await claimOne(tenant, { now: at(1) });
        const attempt = newAttempt(tenant, claimed, { outcome: 'failed', responseStatusCode: 500 });
        const outcomes = [outcomeOf(claimed, { status: 'pending', dueAt: at(60) }, attempt)];
        const failureSigns = [
          { applicationId, endpointId: up.id, failedAt: at(2) },
          { applicationId, endpointId: down.id, failedAt: at(3) },
          { applicationId, endpointId: world.id('ep_'), failedAt: at(3) },
          { applicationId, endpointId: up.id },
        ];
        await world.storage.recordOutcomes({ outcomes, failureSigns, recordedAt: at(4) });
        assertSame(await list(world), [runOf(down, 3)]);
        const ending = [{ applicationId, endpointId: down.id }];
        const { fenced } = await world.storage.recordOutcomes({ outcomes, failureSigns: ending, recordedAt: at(5) });
        assert.equal(fenced.length, 1);
        assertSame(await list(world), []);
      },
    },
    {
      name: 'a sign under the name of another application does nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        const endpoint = await storeEndpoint(tenant);
        await sign(sibling, endpoint.id, 10);
        assertSame(await list(world), []);
        await sign(tenant, endpoint.id, 20);
        await sign(sibling, endpoint.id);
        assertSame(await list(world), [runOf(endpoint, 20)]);
      },
    },
    {
      name: 'runs are listed over all environments, longest first and equal ones by endpoint, page by page',
      run: async (world) => {
        const tenants = [await createTenant(world), await createTenant(world)];
        const expected: FailureRun[] = [];
        for (const since of [30, 10, 20]) {
          for (const tenant of tenants) {
            const endpoint = await storeEndpoint(tenant);
            await sign(tenant, endpoint.id, since);
            expected.push(runOf(endpoint, since));
          }
        }
        await sign(present(tenants[0], 'a tenant'), (await storeEndpoint(present(tenants[0], 'a tenant'))).id, 40);
        expected.sort(
          (a, b) => a.failingSince.getTime() - b.failingSince.getTime() || (a.endpointId < b.endpointId ? -1 : 1),
        );
        const found: FailureRun[] = [];
        for (;;) {
          const page = await world.storage.listFailureRuns({ before: at(40), after: found.at(-1), limit: 2 });
          if (page.length === 0) break;
          assert.ok(page.length <= 2);
          found.push(...page);
        }
        assertSame(found, expected);
        assertSame(await list(world, at(20)), expected.slice(0, 2));
      },
    },
    {
      name: 'a run is replaced once, by whoever knows it as it is',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpoint = await storeEndpoint(tenant);
        await sign(tenant, endpoint.id, 10);
        const expected = runOf(endpoint, 10);
        const replace = (run: FailureRun, next?: Pick<FailureRun, 'failingSince' | 'notices'>) =>
          world.storage.replaceFailureRun({ expected: run, next });
        const next = { failingSince: at(10), notices: 1 };
        const answers = await Promise.all([1, 2, 3].map(() => replace(expected, next)));
        assert.equal(answers.filter(({ replaced }) => replaced).length, 1);
        assertSame(await list(world), [{ ...expected, ...next }]);
        for (const wrong of [
          expected,
          runOf(endpoint, 11, 1),
          { ...runOf(endpoint, 10, 1), environmentId: world.id('env_') },
          { ...runOf(endpoint, 10, 1), applicationId: world.id('app_') },
        ]) {
          assertSame(await replace(wrong), { replaced: false });
        }
        assertSame(await replace(runOf(endpoint, 10, 1), { failingSince: at(50), notices: 0 }), { replaced: true });
        assertSame(await list(world), [runOf(endpoint, 50)]);
        assertSame(await replace(runOf(endpoint, 50)), { replaced: true });
        assertSame(await list(world), []);
      },
    },
    {
      name: 'disabling and enabling end a run, other changes do not; disabled endpoints are not listed',
      run: async (world) => {
        const tenant = await createTenant(world);
        const endpoint = await storeEndpoint(tenant);
        await sign(tenant, endpoint.id, 10);
        await world.storage.replaceFailureRun({
          expected: runOf(endpoint, 10),
          next: { failingSince: at(10), notices: 1 },
        });
        const replace = async (change: Partial<Endpoint>) =>
          (await world.storage.replaceEndpoint({ endpoint: { ...endpoint, ...change } })).outcome;
        assert.equal(await replace({ version: 2, url: 'https://receiver.example/other' }), 'replaced');
        assertSame(await list(world), [runOf(endpoint, 10, 1)]);
        assert.equal(await replace({ version: 3, disabled: true, disabledReason: 'manual' }), 'replaced');
        assertSame(await routedSince(tenant), [undefined]);
        await sign(tenant, endpoint.id, 20);
        assertSame(await list(world), []);
        assert.equal(await replace({ version: 4 }), 'replaced');
        assertSame(await list(world), []);
        await sign(tenant, endpoint.id, 30);
        assertSame(await list(world), [runOf(endpoint, 30)]);
      },
    },
    {
      name: 'an endpoint is replaced on the condition of its run, and a deleted one has none',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const endpoint = await storeEndpoint(tenant);
        const disabled: Endpoint = { ...endpoint, disabled: true, disabledReason: 'failing', version: 2 };
        const replace = async (since: number) =>
          (await world.storage.replaceEndpoint({ endpoint: disabled, failingSince: at(since) })).outcome;
        assert.equal(await replace(10), 'version_mismatch');
        await sign(tenant, endpoint.id, 10);
        assert.equal(await replace(11), 'version_mismatch');
        const page = { limit: 10, order: 'ascending' } as const;
        const { items } = await world.storage.listEndpoints({ environmentId, applicationId, page });
        assertSame(items, [endpoint]);
        assert.equal(await replace(10), 'replaced');
        const other = await storeEndpoint(tenant);
        await sign(tenant, other.id, 10);
        const deletedAt = at(20);
        await world.storage.deleteEndpoint({ environmentId, applicationId, endpointId: other.id, deletedAt });
        assertSame(await list(world), []);
      },
    },
  ],
};
