import assert from 'node:assert/strict';
import type * as FastCheckModule from 'fast-check';
import type { OrderingFailurePolicy } from '../../../domain/ordering.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoints, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';
import { claimCommand } from '../model/claim-command.js';
import { recordCommand, reapCommand, releaseCommand, renewCommand } from '../model/lease-commands.js';
import { appendCommand, cancelCommand, expediteCommand, toggleCommand, waitCommand } from '../model/other-commands.js';
import type { QueueCommand } from '../model/queue-command.js';
import { type QueueModel, verifyHistory } from '../model/queue-model.js';
import type { StorageWorld } from '../storage-world.js';

type FastCheck = typeof FastCheckModule;

const defaultRuns = 25;
const maxCommands = 40;

/** Loaded here and only here: whoever does not run the suite does not need it. */
async function loadFastCheck(): Promise<FastCheck> {
  return import('fast-check').catch((cause: unknown) =>
    assert.fail(`The model group needs the package fast-check (4.x): add it to your devDependencies. ${String(cause)}`),
  );
}

function historyOf(fc: FastCheck) {
  const any = fc.nat();
  const seconds = fc.integer({ min: 0, max: 20 });
  const leaseSeconds = fc.integer({ min: 1, max: 15 });
  const status = fc.constantFrom('delivered', 'pending', 'pending', 'pending', 'dead_letter', 'cancelled');
  const ending = fc.record({ lease: any, status, dueInSeconds: seconds, withAttempt: fc.boolean() });
  const line = fc.record({
    key: fc.constantFrom('a', 'b'),
    onFailure: fc.constantFrom<OrderingFailurePolicy[]>('block', 'continue'),
  });
  const wait = fc.record({ seconds: fc.integer({ min: 1, max: 20 }) }).map(waitCommand);
  const append = fc
    .record({
      endpoints: fc.array(any, { minLength: 1, maxLength: 3 }),
      dueInSeconds: seconds,
      leaseSeconds: fc.option(leaseSeconds, { nil: undefined }),
      line: fc.option(line, { nil: undefined }),
    })
    .map(appendCommand);
  const limits = { limit: fc.integer({ min: 1, max: 6 }), perEndpointLimit: fc.integer({ min: 1, max: 3 }) };
  const claim = fc.record({ ...limits, leaseSeconds }).map(claimCommand);
  const record = fc.array(ending, { minLength: 1, maxLength: 3 }).map(recordCommand);
  const renew = fc.record({ lease: any, leaseSeconds }).map(renewCommand);
  const release = fc.record({ lease: any, dueInSeconds: seconds }).map(releaseCommand);
  const reap = fc.record({ limit: fc.integer({ min: 1, max: 4 }) }).map(reapCommand);
  const expedite = fc.record({ delivery: any, dueInSeconds: seconds }).map(expediteCommand);
  const cancel = fc.record({ delivery: any }).map(cancelCommand);
  const toggle = fc.record({ endpoint: any }).map(toggleCommand);
  // Weighted towards leases that change hands: that is where a queue without fencing goes wrong.
  const commands = [
    ...[append, append, claim, claim, claim, claim, wait, wait, wait, reap, reap, reap],
    ...[record, record, renew, release, release, expedite, cancel, toggle],
  ];
  return fc.commands<QueueModel, Tenant, false>(commands, { maxCommands, size: 'max' });
}

async function runHistory(params: { fc: FastCheck; world: StorageWorld; commands: Iterable<QueueCommand> }) {
  const { fc, world, commands } = params;
  const tenant = await createTenant(world);
  const endpoints = (await storeEndpoints(tenant, 3)).map((id) => ({ id, version: 1, disabled: false }));
  const model: QueueModel = {
    ...{ nowSeconds: 100, endpoints, deliveries: new Map(), leases: [], snapshot: new Map() },
  };
  try {
    await fc.asyncModelRun(() => ({ model, real: tenant }), commands);
    await verifyHistory(model, tenant);
  } finally {
    // The queue spans environments: what this history left unfinished must not be claimed by the next one.
    const { environmentId, applicationId } = tenant;
    await world.storage.deleteApplication({ environmentId, applicationId, deletedAt: at(model.nowSeconds) });
  }
}

/** Random histories, compared with a small model after every call. */
export const modelGroup: ConformanceGroup = {
  name: 'model',
  storage: 'fresh',
  cases: [
    {
      name: 'any history of appends, claims, outcomes, renewals, releases, reaping, cancelling and switching off agrees with the model',
      run: async (world) => {
        const fc = await loadFastCheck();
        const property = fc.asyncProperty(historyOf(fc), (commands) => runHistory({ fc, world, commands }));
        const { modelRuns: numRuns = defaultRuns, modelShrinks = true } = world.harness;
        await fc.assert(property, { numRuns, endOnFailure: !modelShrinks });
      },
    },
  ],
};
