import assert from 'node:assert/strict';
import type { EndpointSurvey } from '../../../ports/rollup-store.js';
import { emptyRollupSums, type RollupSums } from '../../../rollup/rollup-sums.js';
import { assertSame } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoint, type Tenant } from '../fixtures.js';
import { at, atDay } from '../instants.js';

const range = { from: at(3_600), to: at(7_200) };
const well = { attempts: 10, delivered: 10, durationSumMs: 1_000 };
const failing = { ...well, failedAttempts: 2, retries: 1, deadLettered: 1, delivered: 8 };

async function count(
  { world, environmentId, applicationId }: Tenant,
  params: { endpointId: string; seconds: number; eventType?: string; writerId?: string } & Partial<RollupSums>,
): Promise<void> {
  const { seconds, eventType = 'a', writerId = 'w', ...sums } = params;
  const subject = { environmentId, applicationId, eventType, writerId, bucketAt: at(seconds) };
  await world.storage.writeRollups({ rollups: [{ ...emptyRollupSums(), ...subject, ...sums }] });
}

async function survey({ world, environmentId }: Tenant): Promise<EndpointSurvey> {
  return world.storage.surveyEndpoints({ environmentId, slowerThanMs: 5_000, ...range });
}

/** How many endpoints there are, and which of them something went wrong with. */
export const endpointSurveyGroup: ConformanceGroup = {
  name: 'survey of endpoints',
  storage: 'shared',
  cases: [
    {
      name: 'an environment without endpoints has none',
      run: async (world) => {
        assertSame(await survey(await createTenant(world)), { enabled: 0, disabled: 0, troubled: [] });
      },
    },
    {
      name: 'counts endpoints by whether they are disabled, in their environment alone',
      run: async (world) => {
        const tenant = await createTenant(world);
        for (const disabled of [false, false, true]) await storeEndpoint(tenant, { disabled });
        await storeEndpoint(await createTenant(world));
        assertSame(await survey(tenant), { enabled: 2, disabled: 1, troubled: [] });
      },
    },
    {
      name: 'sums up those that failed, dead-lettered or were slow, over writers, event types and minutes',
      run: async (world) => {
        const tenant = await createTenant(world);
        const [fine, failed, dead, slow] = await Promise.all([1, 2, 3, 4].map(() => storeEndpoint(tenant)));
        const idOf = (endpoint: { id: string } | undefined): string => endpoint?.id ?? '';
        await count(tenant, { endpointId: idOf(fine), seconds: 3_600, ...well });
        await count(tenant, { endpointId: idOf(failed), seconds: 3_600, ...well });
        await count(tenant, { endpointId: idOf(failed), seconds: 3_660, eventType: 'b', writerId: 'v', ...failing });
        await count(tenant, { endpointId: idOf(dead), seconds: 7_140, deadLettered: 3 });
        await count(tenant, { endpointId: idOf(slow), seconds: 3_600, ...well, durationSumMs: 50_010 });
        const { enabled, troubled } = await survey(tenant);
        assert.equal(enabled, 4);
        const none = { attempts: 0, failedAttempts: 0, retries: 0, delivered: 0, deadLettered: 0, durationSumMs: 0 };
        const { applicationId } = tenant;
        const expected = [
          {
            ...{ applicationId, endpointId: idOf(failed), attempts: 20, failedAttempts: 2, retries: 1 },
            ...{ delivered: 18, deadLettered: 1, durationSumMs: 2_000 },
          },
          { applicationId, endpointId: idOf(dead), ...none, deadLettered: 3 },
          { applicationId, endpointId: idOf(slow), ...none, ...well, durationSumMs: 50_010 },
        ];
        assertSame(byId(troubled), byId(expected));
      },
    },
    {
      name: 'leaves out what lies outside of the range, and endpoints that are disabled or gone',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const [early, off, gone] = [
          await storeEndpoint(tenant),
          await storeEndpoint(tenant, { disabled: true }),
          await storeEndpoint(tenant),
        ];
        await count(tenant, { endpointId: early.id, seconds: 3_540, ...failing });
        await count(tenant, { endpointId: early.id, seconds: 7_200, ...failing });
        await count(tenant, { endpointId: off.id, seconds: 3_600, ...failing });
        await count(tenant, { endpointId: gone.id, seconds: 3_600, ...failing });
        await world.storage.deleteEndpoint({ environmentId, applicationId, endpointId: gone.id, deletedAt: at(7_000) });
        assertSame(await survey(tenant), { enabled: 1, disabled: 1, troubled: [] });
      },
    },
    {
      name: 'hours that were compacted count as their minutes did',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { id: endpointId } = await storeEndpoint(tenant);
        for (const seconds of [3_600, 4_800, 6_000]) await count(tenant, { endpointId, seconds, ...failing });
        const before = await survey(tenant);
        assert.equal(before.troubled[0]?.attempts, 30);
        await world.storage.compactRollups({ hoursBefore: at(5_400), daysBefore: atDay(-1) });
        assertSame(await survey(tenant), before);
      },
    },
  ],
};

function byId<T extends { readonly endpointId: string }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}
