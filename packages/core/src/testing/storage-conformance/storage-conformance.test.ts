import { describe, expect, it } from 'vitest';
import type { Delivery, LeaseRef } from '../../domain/delivery.js';
import type { AppendResult } from '../../ports/message-store.js';
import type { Storage } from '../../ports/storage.js';
import { createCollectingRunner } from '../collecting-runner.js';
import { createMemoryHarness } from '../memory-storage/memory-harness.js';
import { describeStorageConformance } from './describe-storage-conformance.js';

/** A storage with one bug that real queues have had. */
interface Mutant {
  /** What the bug is. */
  readonly bug: string;
  readonly wrap: (storage: Storage) => Storage;
  /** The group of the suite that is there to find it. */
  readonly foundBy: string;
  /** The rule of that group that it breaks. */
  readonly rule: string;
}

const later = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Environments that the storage knows, in which a mutant looks rows up that the port gives it no key for. */
async function findDelivery(storage: Storage, deliveryId: string): Promise<Delivery | undefined> {
  for (const { id: environmentId } of await storage.listEnvironments({})) {
    const delivery = await storage.getDelivery({ environmentId, deliveryId });
    if (delivery) return delivery;
  }
  return undefined;
}

async function unfenced(storage: Storage, lease: LeaseRef): Promise<LeaseRef> {
  const leaseToken = (await findDelivery(storage, lease.deliveryId))?.leaseToken ?? lease.leaseToken;
  return { ...lease, leaseToken };
}

const plantedMutants: readonly Mutant[] = [
  {
    bug: 'a prefix of settings is a pattern',
    foundBy: 'settings',
    rule: 'a prefix is taken literally',
    wrap: (storage) => ({
      ...storage,
      listSettings: async ({ prefix, ...rest }) => {
        const form = new RegExp(`^${prefix.replaceAll('_', '.')}`);
        return (await storage.listSettings({ ...rest, prefix: '' })).filter(({ name }) => form.test(name));
      },
    }),
  },
  {
    bug: 'an endpoint is disabled although it succeeded meanwhile',
    foundBy: 'failure runs',
    rule: 'an endpoint is replaced on the condition of its run',
    wrap: (storage) => ({
      ...storage,
      replaceEndpoint: (params) => storage.replaceEndpoint({ ...params, failingSince: undefined }),
    }),
  },
  {
    bug: 'a notice is given by everyone who saw the run',
    foundBy: 'failure runs',
    rule: 'a run is replaced once',
    wrap: (storage) => ({
      ...storage,
      replaceFailureRun: async (params) => {
        await storage.replaceFailureRun(params);
        return { replaced: true };
      },
    }),
  },
  {
    bug: 'minutes are merged and stay: they count twice',
    foundBy: 'rollup compaction',
    rule: 'hours and days read the same before and after',
    wrap: (storage) => ({
      ...storage,
      compactRollups: async (params) => {
        const range = { from: new Date(0), to: params.hoursBefore };
        const environments = await storage.listEnvironments({});
        const reads = environments.map(({ id }) => storage.readRollups({ environmentId: id, ...range }));
        const rollups = (await Promise.all(reads)).flat();
        const result = await storage.compactRollups(params);
        await storage.writeRollups({ rollups });
        return result;
      },
    }),
  },
  {
    bug: 'a holder that died keeps the lock of its job',
    foundBy: 'job locks',
    rule: 'a lock that has run out goes to exactly one other',
    wrap: (storage) => ({
      ...storage,
      acquireJobLock: (params) => storage.acquireJobLock({ ...params, now: new Date(0) }),
    }),
  },
  {
    bug: 'a reservation is looked at and then taken, with time between the two',
    foundBy: 'requests',
    rule: 'of concurrent calls exactly one reserves',
    wrap: (storage) => {
      const held = new Set<string>();
      return {
        ...storage,
        reserveRequest: async (params) => {
          const id = `${params.environmentId} ${params.key}`;
          if (held.has(id)) return storage.reserveRequest(params);
          await later();
          held.add(id);
          await storage.releaseRequest(params);
          const result = await storage.reserveRequest(params);
          return result.outcome === 'running' ? { outcome: 'reserved' } : result;
        },
      };
    },
  },
  {
    bug: 'revoking the tokens of one application revokes those of the environment',
    foundBy: 'portal tokens',
    rule: 'all tokens of an application are revoked, the earliest revocation stays, other applications keep theirs',
    wrap: (storage) => ({
      ...storage,
      revokePortalTokens: async (params) => {
        const { items } = await storage.listApplications({ ...params, page: { limit: 250, order: 'ascending' } });
        const counts = items.map(({ id }) => storage.revokePortalTokens({ ...params, applicationId: id }));
        return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
      },
    }),
  },
  {
    bug: 'the last word about an endpoint counts, whoever says it',
    foundBy: 'outcomes',
    rule: 'who knows less of an endpoint cannot undo what others decided',
    wrap: (storage) => ({
      ...storage,
      recordOutcomes: (params) =>
        storage.recordOutcomes({
          ...params,
          endpointStates: params.endpointStates?.map((state) => ({ ...state, generation: 5 })),
        }),
    }),
  },
  {
    bug: 'outcomes are recorded under any token',
    foundBy: 'leases and fencing',
    rule: 'a stale token records nothing',
    wrap: (storage) => ({
      ...storage,
      recordOutcomes: async (params) => {
        const outcomes = [];
        for (const outcome of params.outcomes) {
          outcomes.push({ ...outcome, lease: await unfenced(storage, outcome.lease) });
        }
        return storage.recordOutcomes({ ...params, outcomes });
      },
    }),
  },
  {
    bug: 'leases are released under any token',
    foundBy: 'leases and fencing',
    rule: 'a stale token releases nothing',
    wrap: (storage) => ({
      ...storage,
      releaseLeases: async (params) => {
        const leases = await Promise.all(params.leases.map((lease) => unfenced(storage, lease)));
        return storage.releaseLeases({ ...params, leases });
      },
    }),
  },
  {
    bug: 'claims are first in, first out over all endpoints',
    foundBy: 'claiming',
    rule: 'the backlog of one endpoint cannot fill a claim',
    wrap: (storage) => ({
      ...storage,
      claimDue: async (params) => {
        const all = await storage.claimDue({ ...params, limit: 100_000 });
        const dueMs = ({ delivery }: (typeof all)[number]) => delivery.dueAt.getTime();
        const byAge = [...all].sort((a, b) => dueMs(a) - dueMs(b));
        for (const { delivery } of byAge.slice(params.limit)) {
          const { applicationId, messageId, id: deliveryId, leaseToken, dueAt } = delivery;
          await storage.releaseLeases({ leases: [{ applicationId, messageId, deliveryId, leaseToken }], dueAt });
        }
        return byAge.slice(0, params.limit);
      },
    }),
  },
  {
    bug: 'perEndpointLimit is not looked at',
    foundBy: 'claiming',
    rule: 'perEndpointLimit counts what is in flight already',
    wrap: (storage) => ({
      ...storage,
      claimDue: (params) => storage.claimDue({ ...params, perEndpointLimit: 1_000_000 }),
    }),
  },
  {
    bug: 'the idempotency key is looked up first and written later',
    foundBy: 'idempotent append',
    rule: 'of 50 parallel appends under one key',
    wrap: (storage) => {
      const seen = new Map<string, AppendResult>();
      return {
        ...storage,
        appendMessages: async (params) => {
          const known = params.entries.map(({ idempotency }) => idempotency && seen.get(idempotency.key));
          await later();
          const entries = params.entries.map(({ idempotency: _idempotency, ...entry }) => entry);
          const fresh = entries.filter((_, index) => known[index] === undefined);
          const appended = [...(await storage.appendMessages({ ...params, entries: fresh }))];
          for (const { message, idempotency } of params.entries) {
            if (idempotency) seen.set(idempotency.key, { outcome: 'replayed', message });
          }
          return known.map((result) => result ?? (appended.shift() as AppendResult));
        },
      };
    },
  },
  {
    bug: 'idempotency keys are ignored',
    foundBy: 'idempotent append',
    rule: 'the same key and body is replayed',
    wrap: (storage) => ({
      ...storage,
      appendMessages: (params) => {
        const entries = params.entries.map(({ message, deliveries }) => ({ message, deliveries }));
        return storage.appendMessages({ ...params, entries });
      },
    }),
  },
  {
    bug: 'a batch is appended entry by entry, deliveries of losers too',
    foundBy: 'idempotent append',
    rule: 'a taken event id is event_id_taken',
    wrap: (storage) => ({
      ...storage,
      appendMessages: async (params) => {
        const results = await storage.appendMessages(params);
        for (const [index, result] of results.entries()) {
          if (result.outcome !== 'event_id_taken') continue;
          const { message, deliveries } = params.entries[index] as (typeof params.entries)[number];
          const { environmentId, applicationId } = message;
          const { messageId } = result;
          for (const delivery of deliveries) {
            await storage.appendDelivery({ environmentId, applicationId, messageId, delivery, now: params.now });
          }
        }
        return results;
      },
    }),
  },
  {
    bug: 'payloads are parsed and serialised again',
    foundBy: 'payload exactness',
    rule: 'numbers beyond double precision',
    wrap: (storage) => ({
      ...storage,
      appendMessages: (params) => {
        const entries = params.entries.map((entry) => {
          const payload = JSON.stringify(JSON.parse(entry.message.payload));
          return { ...entry, message: { ...entry.message, payload } };
        });
        return storage.appendMessages({ ...params, entries });
      },
    }),
  },
  {
    bug: 'lists are found by offset: a cursor whose row is gone begins again',
    foundBy: 'paging',
    rule: 'messages: a cursor need not exist any more',
    wrap: (storage) => ({
      ...storage,
      listMessages: async (params) => {
        const { environmentId, applicationId, page } = params;
        const message = { id: page.cursor?.key ?? '' };
        const exists = await storage.getMessage({ environmentId, applicationId, message });
        const { limit, order } = page;
        return storage.listMessages(exists ? params : { ...params, page: { limit, order } });
      },
    }),
  },
  {
    bug: 'retention goes by age alone',
    foundBy: 'retention',
    rule: 'a message with an unfinished delivery is kept whole',
    wrap: (storage) => ({
      ...storage,
      applyRetention: async (params) => {
        const page = { limit: 250, order: 'ascending' } as const;
        for (const { id: environmentId } of await storage.listEnvironments({})) {
          const filter = { statuses: ['pending', 'in_flight'], before: params.messagesBefore } as const;
          const { items } = await storage.listDeliveries({ environmentId, filter, page });
          for (const { applicationId } of items) {
            await storage.deleteApplication({ environmentId, applicationId, deletedAt: params.now });
          }
        }
        return storage.applyRetention(params);
      },
    }),
  },
  {
    bug: 'one environment can read the deliveries of another',
    foundBy: 'tenancy',
    rule: 'the ids of another environment find nothing in any method',
    wrap: (storage) => ({ ...storage, getDelivery: ({ deliveryId }) => findDelivery(storage, deliveryId) }),
  },
  {
    bug: 'a closed storage still answers',
    foundBy: 'life cycle and errors',
    rule: 'after closing, every method rejects',
    wrap: (storage) => ({ ...storage, touchKey: async () => undefined }),
  },
  {
    bug: 'an expired lease is renewed for whoever asks',
    foundBy: 'model',
    rule: 'any history',
    wrap: (storage) => ({
      ...storage,
      renewLeases: async (params) => {
        const leases = await Promise.all(params.leases.map((lease) => unfenced(storage, lease)));
        return storage.renewLeases({ ...params, leases });
      },
    }),
  },
  {
    bug: 'cancelling does not look at what is in flight',
    foundBy: 'cancelling',
    rule: 'one in flight too',
    wrap: (storage) => ({
      ...storage,
      cancelDelivery: async (params) => {
        const { environmentId, deliveryId } = params;
        const delivery = await storage.getDelivery({ environmentId, deliveryId });
        return delivery?.status === 'in_flight' ? { outcome: 'ended', delivery } : storage.cancelDelivery(params);
      },
    }),
  },
  {
    bug: 'deliveries of a line do not wait for each other',
    foundBy: 'model',
    rule: 'any history',
    wrap: (storage) => ({
      ...storage,
      appendMessages: ({ entries, ...rest }) => {
        const loose = entries.map((entry) => ({
          ...entry,
          deliveries: entry.deliveries.map((delivery) => ({ ...delivery, ordering: undefined })),
        }));
        return storage.appendMessages({ entries: loose, ...rest });
      },
    }),
  },
  {
    bug: 'a line that should continue blocks',
    foundBy: 'ordering',
    rule: 'where the line continues, the next one goes',
    wrap: (storage) => ({
      ...storage,
      appendMessages: ({ entries, ...rest }) => {
        const blocking = entries.map((entry) => ({
          ...entry,
          deliveries: entry.deliveries.map(({ ordering, ...delivery }) => ({
            ...delivery,
            ordering: ordering && ({ ...ordering, onFailure: 'block' } as const),
          })),
        }));
        return storage.appendMessages({ entries: blocking, ...rest });
      },
    }),
  },
  {
    bug: 'what is ended by hand stays in its line',
    foundBy: 'ordering',
    rule: 'cancelling the first lets the next one go',
    wrap: (storage) => {
      const cancelled = new Set<string>();
      return {
        ...storage,
        cancelDelivery: async (params) => {
          const result = await storage.cancelDelivery(params);
          if (result.outcome === 'cancelled') cancelled.add(result.delivery.endpointId);
          return result;
        },
        claimDue: async (params) => {
          const claimed = await storage.claimDue(params);
          return claimed.filter(({ delivery }) => !cancelled.has(delivery.endpointId));
        },
      };
    },
  },
  {
    bug: 'what ends with its endpoint is not counted',
    foundBy: 'rollups',
    rule: 'what ends with its endpoint counts',
    wrap: (storage) => {
      const uncounted = new Set<string>();
      return {
        ...storage,
        deleteEndpoint: (params) => {
          uncounted.add(params.endpointId);
          return storage.deleteEndpoint(params);
        },
        readRollups: async (params) =>
          (await storage.readRollups(params)).map((rollup) =>
            uncounted.has(rollup.endpointId) ? { ...rollup, cancelled: 0 } : rollup,
          ),
      };
    },
  },
  {
    bug: 'a batch of a task is recorded under any lease',
    foundBy: 'task model',
    rule: 'any history',
    wrap: (storage) => ({
      ...storage,
      recordTaskBatch: async (params) => {
        const { environmentId, taskId } = params.lease;
        const leaseToken = (await storage.getTask({ environmentId, taskId }))?.leaseToken ?? params.lease.leaseToken;
        return storage.recordTaskBatch({ ...params, lease: { ...params.lease, leaseToken } });
      },
    }),
  },
  {
    bug: 'the deliveries of a batch are added whether its lease holds or not',
    foundBy: 'background tasks',
    rule: 'whoever lost the lease writes nothing',
    wrap: (storage) => ({
      ...storage,
      recordTaskBatch: async (params) => {
        const { deliveries = [], ...rest } = params;
        const { environmentId } = params.lease;
        for (const each of deliveries) await storage.appendDelivery({ environmentId, ...each, now: params.now });
        const result = await storage.recordTaskBatch(rest);
        return result.outcome === 'recorded' ? { ...result, appended: deliveries.length } : result;
      },
    }),
  },
  {
    bug: 'an endpoint that is disabled keeps its queue',
    foundBy: 'model',
    rule: 'any history',
    wrap: (storage) => ({
      ...storage,
      replaceEndpoint: async (params) => {
        const result = await storage.replaceEndpoint({ endpoint: { ...params.endpoint, disabled: false } });
        return result.outcome === 'replaced' ? { ...result, record: params.endpoint } : result;
      },
    }),
  },
];

/** The names of the cases that fail for the wrapped memory storage; only those of the group, when given. */
async function findBroken(params: { wrap?: (storage: Storage) => Storage; group?: string } = {}) {
  const runner = createCollectingRunner();
  describeStorageConformance(createMemoryHarness(params.wrap), runner);
  const { group } = params;
  const results = await runner.run({ isWanted: (name) => group === undefined || name.includes(` > ${group} > `) });
  return { count: results.length, broken: results.filter(({ error }) => error !== undefined).map(({ name }) => name) };
}

describe('the storage conformance suite', () => {
  it('passes the memory storage without a test runner', async () => {
    const { count, broken } = await findBroken();
    expect(broken).toEqual([]);
    expect(count).toBeGreaterThan(150);
  }, 20_000);

  it.each(plantedMutants)('finds that $bug', async ({ wrap, foundBy, rule }) => {
    const { broken } = await findBroken({ wrap, group: foundBy });
    expect(broken).toContainEqual(expect.stringContaining(` > ${foundBy} > ${rule}`));
  });

  it('finds lost fencing through the model alone, whatever the histories', async () => {
    const wrap = plantedMutants.find(({ bug }) => bug === 'outcomes are recorded under any token')?.wrap;
    const { broken } = await findBroken({ wrap, group: 'model' });
    expect(broken).toHaveLength(1);
  });
});
