import assert from 'node:assert/strict';
import type { Storage } from '../../ports/storage.js';
import type { ConformanceRunner } from '../conformance-runner.js';
import type { ConformanceGroup } from './conformance-case.js';
import { applicationsGroup } from './groups/applications.js';
import { appendGroup } from './groups/append.js';
import { auditGroup } from './groups/audit.js';
import { cancelGroup } from './groups/cancel.js';
import { claimGroup } from './groups/claim.js';
import { endpointsGroup } from './groups/endpoints.js';
import { environmentsAndKeysGroup } from './groups/environments-and-keys.js';
import { endpointSurveyGroup } from './groups/endpoint-survey.js';
import { eventTypesGroup } from './groups/event-types.js';
import { expungingGroup } from './groups/expunging.js';
import { leasesGroup } from './groups/leases.js';
import { failureRunsGroup } from './groups/failure-runs.js';
import { outcomesGroup } from './groups/outcomes.js';
import { instancesGroup } from './groups/instances.js';
import { settingsGroup } from './groups/settings.js';
import { jobLocksGroup } from './groups/job-locks.js';
import { lifecycleGroup } from './groups/lifecycle.js';
import { listsGroup } from './groups/lists.js';
import { modelGroup } from './groups/model.js';
import { orderingGroup } from './groups/ordering.js';
import { pagingGroup } from './groups/paging.js';
import { payloadsGroup } from './groups/payloads.js';
import { requestsGroup } from './groups/requests.js';
import { retentionGroup } from './groups/retention.js';
import { portalTokensGroup } from './groups/portal-tokens.js';
import { rollupCompactionGroup } from './groups/rollup-compaction.js';
import { rollupsGroup } from './groups/rollups.js';
import { routesGroup } from './groups/routes.js';
import { secretsGroup } from './groups/secrets.js';
import { taskModelGroup } from './groups/task-model.js';
import { tasksGroup } from './groups/tasks.js';
import { tenancyGroup } from './groups/tenancy.js';
import type { StorageHarness } from './storage-harness.js';
import { StorageWorld } from './storage-world.js';

const groups: readonly ConformanceGroup[] = [
  environmentsAndKeysGroup,
  portalTokensGroup,
  requestsGroup,
  auditGroup,
  jobLocksGroup,
  settingsGroup,
  applicationsGroup,
  endpointsGroup,
  secretsGroup,
  eventTypesGroup,
  routesGroup,
  pagingGroup,
  listsGroup,
  appendGroup,
  payloadsGroup,
  claimGroup,
  leasesGroup,
  outcomesGroup,
  failureRunsGroup,
  cancelGroup,
  orderingGroup,
  rollupsGroup,
  rollupCompactionGroup,
  endpointSurveyGroup,
  retentionGroup,
  tasksGroup,
  expungingGroup,
  tenancyGroup,
  lifecycleGroup,
  modelGroup,
  taskModelGroup,
];

/**
 * Describes the rules of the `Storage` port as tests of the given runner: an adapter is one that passes. Call it once
 * per adapter and mode, at the top of a test file.
 */
export function describeStorageConformance(harness: StorageHarness, runner: ConformanceRunner): void {
  let seed = 0;
  const newWorld = (storage: Storage): StorageWorld => new StorageWorld({ storage, harness, seed: (seed += 1) });

  runner.describe(`storage conformance: ${harness.name}`, () => {
    runner.afterAll(() => harness.close());
    runner.it('declares the capabilities that the harness expects', async () => {
      const storage = await harness.create();
      assert.deepEqual(storage.capabilities, harness.capabilities);
      await storage.close();
    });
    for (const group of [...groups, instancesGroup(harness.capabilities)]) {
      describeGroup({ group, harness, runner, newWorld });
    }
  });
}

function describeGroup(params: {
  group: ConformanceGroup;
  harness: StorageHarness;
  runner: ConformanceRunner;
  newWorld: (storage: Storage) => StorageWorld;
}): void {
  const { group, harness, runner, newWorld } = params;
  runner.describe(group.name, () => {
    let shared: Storage | undefined;
    if (group.storage === 'shared') {
      runner.beforeAll(async () => {
        shared = await harness.create();
      });
      runner.afterAll(async () => shared?.close());
    }
    for (const { name, run } of group.cases) {
      runner.it(name, async () => {
        const storage = shared ?? (await harness.create());
        const world = newWorld(storage);
        try {
          await run(world);
        } finally {
          await world.closeOthers();
          if (storage !== shared) await storage.close();
        }
      });
    }
  });
}
