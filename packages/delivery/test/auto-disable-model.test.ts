import {
  createHintHub,
  createIdGenerator,
  type Endpoint,
  type FailureSign,
  type LeaseRef,
  type Storage,
} from '@postrider/core';
import {
  createMemoryStorage,
  createRecordingLogger,
  createSeededRandom,
  FakeClock,
  MemoryDatabase,
} from '@postrider/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureSign } from '../src/failing/failure-sign.js';
import { FailureWatch } from '../src/failing/failure-watch.js';
import { Observers } from '../src/internal/observers.js';
import { resolveOptions } from '../src/options.js';
import { RouteTarget } from '../src/routing/route-target.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const disableAfterMs = 120 * hourMs;
const environmentId = 'env_1';
const applicationId = 'app_1';
const endpointId = 'ep_1';
const workerNames = ['a', 'b', 'c'] as const;

type Step =
  /** An attempt, as the worker's routing table makes it report; recorded now, or when the worker records next. */
  | { readonly kind: 'attempt'; readonly worker: number; readonly succeeds: boolean; readonly later: boolean }
  | { readonly kind: 'fail'; readonly worker: number; readonly hours: number }
  | { readonly kind: 'record' | 'refresh' | 'restart' | 'suspect' | 'look'; readonly worker: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'toggle' | 'compact' };

const worker = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('attempt' as const),
      worker,
      succeeds: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      later: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('fail' as const), worker, hours: fc.constantFrom(5, 26, 80, 119, 125) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(...(['record', 'refresh', 'refresh', 'restart', 'suspect', 'look', 'look'] as const)),
      worker,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(0.01, 0.5, 3, 30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('toggle' as const, 'compact' as const) }) },
);

interface Recorded {
  readonly atMs: number;
  readonly succeeded: boolean;
  readonly messageId: string;
}

/** A worker: what it knows of the endpoint, what it has not recorded yet, and its part in the watch. */
interface Worker {
  watch: FailureWatch;
  target: RouteTarget;
  readonly waiting: (() => Promise<void>)[];
  isSuspecting: boolean;
}

/** Three workers on one endpoint of one storage, and a ledger of what was recorded. */
class Scene {
  readonly #clock = new FakeClock();
  readonly #logger = createRecordingLogger();
  readonly #random = createSeededRandom(7);
  readonly #ids = createIdGenerator({ clock: this.#clock, random: this.#random });
  readonly #storage: Storage = createMemoryStorage({ database: new MemoryDatabase() });
  readonly #workers: Worker[] = [];
  /** Since the endpoint was enabled last. */
  #ledger: Recorded[] = [];
  #notices: string[] = [];
  #looking: Worker | undefined;
  disabledTimes = 0;

  static async create(): Promise<Scene> {
    const scene = new Scene();
    await scene.#open();
    return scene;
  }

  async run(given: Step): Promise<void> {
    const each = 'worker' in given ? this.#workers[given.worker] : undefined;
    // No attempt takes hours.
    if (given.kind === 'fail' || (given.kind === 'wait' && given.hours > 1)) await this.#recordAll();
    if (given.kind === 'wait') await this.#clock.advance(given.hours * hourMs);
    else if (given.kind === 'toggle') await this.#toggle();
    else if (given.kind === 'compact') await this.#compact();
    else if (each === undefined) throw new Error('No such worker.');
    else if (given.kind === 'attempt') await this.#attempt(each, given);
    else if (given.kind === 'fail') await this.failFor(given.hours, given.worker);
    else if (given.kind === 'record') await this.#record(each);
    else if (given.kind === 'refresh') each.target = await this.#readTarget();
    else if (given.kind === 'suspect') each.isSuspecting = !each.isSuspecting;
    else if (given.kind === 'look') await this.#look(each);
    else if ('worker' in given) await this.#restart(given.worker);
  }

  /** Failures alone, twice an hour, with the turns of all workers; stops when the endpoint is disabled. */
  async failFor(hours: number, index: number): Promise<void> {
    const each = this.#workers[index];
    const times = this.disabledTimes;
    for (let half = 0; half < hours * 2 && each !== undefined && times === this.disabledTimes; half += 1) {
      each.target = await this.#readTarget();
      await this.#attempt(each, { succeeds: false, later: false });
      for (const other of this.#workers) await this.#look(other);
      await this.#clock.advance(30 * minuteMs);
    }
  }

  /** From here on nobody suspects anything, and nothing waits to be recorded. */
  async calmDown(): Promise<void> {
    await this.#recordAll();
    for (const each of this.#workers) each.isSuspecting = false;
    if ((await this.#read()).disabled) await this.#toggle();
  }

  async #open(): Promise<void> {
    const storage = this.#storage;
    const at = this.#clock.now();
    await storage.migrate({});
    await storage.ensureEnvironment({ environment: { id: environmentId, name: 'Test', createdAt: at } });
    const stamps = { version: 1, createdAt: at, updatedAt: at };
    await storage.createApplication({
      application: { id: applicationId, environmentId, name: 'A', metadata: {}, ...stamps },
    });
    const endpoint: Endpoint = {
      ...{ id: endpointId, environmentId, applicationId, url: 'https://receiver.example/', description: '' },
      ...{ metadata: {}, disabled: false, headers: {}, ...stamps },
    };
    await storage.createEndpoint({ endpoint, secrets: [] });
    for (const [index] of workerNames.entries()) await this.#restart(index);
  }

  async #restart(index: number): Promise<void> {
    const observers = new Observers(this.#logger);
    const created: Worker = {
      target: await this.#readTarget(),
      waiting: [],
      isSuspecting: false,
      watch: new FailureWatch(
        {
          ...{ clock: this.#clock, logger: this.#logger, random: this.#random, store: this.#storage, observers },
          invalidations: createHintHub({ clock: this.#clock, logger: this.#logger }).invalidations,
          options: resolveOptions({}, `${workerNames[index]}-${this.#random.next()}`),
        },
        { isSuspect: () => created.isSuspecting },
      ),
    };
    observers.set([
      {
        endpointDisabled: ({ disabledReason }) => this.#checkDisabled(disabledReason),
        endpointFailing: ({ stage, failingSince }) => this.#checkNotice(stage, failingSince),
      },
    ]);
    this.#workers[index] = created;
  }

  async #attempt(each: Worker, given: { readonly succeeds: boolean; readonly later: boolean }): Promise<void> {
    const startedAt = this.#clock.now();
    const messageId = this.#ids.next('msg_');
    const deliveryId = this.#ids.next('dlv_');
    const lease: LeaseRef = { applicationId, messageId, deliveryId, leaseToken: 1 };
    const message = {
      id: messageId,
      environmentId,
      applicationId,
      eventType: 'a',
      payload: '{}',
      createdAt: startedAt,
    };
    const until = { workerId: 'w', leaseUntil: new Date(startedAt.getTime() + hourMs) };
    const delivery = { id: deliveryId, endpointId, trigger: 'scheduled', dueAt: startedAt, lease: until } as const;
    await this.#storage.appendMessages({ entries: [{ message, deliveries: [delivery] }], now: startedAt });
    const sign = failureSign(
      each.target,
      given.succeeds ? { verdict: 'delivered', health: 'ok' } : { verdict: 'retry', health: 'failing' },
      startedAt,
    );
    const attempt = {
      ...{ id: this.#ids.next('atmpt_'), environmentId, applicationId, messageId, endpointId, deliveryId, number: 1 },
      trigger: 'scheduled',
      outcome: given.succeeds ? 'succeeded' : 'failed',
      url: 'https://receiver.example/',
      ...{ responseStatusCode: given.succeeds ? 200 : 500, responseBody: '', durationMs: 1, startedAt },
    } as const;
    const next = given.succeeds ? ({ status: 'delivered' } as const) : exhausted;
    each.waiting.push(async () => {
      const failureSigns: readonly FailureSign[] = sign === undefined ? [] : [sign];
      const recordedAt = this.#clock.now();
      const outcomes = [{ lease, environmentId, endpointId, eventType: 'a', attempt, next }];
      const { fenced } = await this.#storage.recordOutcomes({ outcomes, failureSigns, recordedAt });
      expect(fenced).toEqual([]);
      this.#ledger.push({ atMs: recordedAt.getTime(), succeeded: given.succeeds, messageId });
    });
    if (!given.later) await this.#record(each);
  }

  async #recordAll(): Promise<void> {
    for (const each of this.#workers) await this.#record(each);
  }

  async #record(each: Worker): Promise<void> {
    for (const record of each.waiting.splice(0)) await record();
  }

  async #look(each: Worker): Promise<void> {
    this.#looking = each;
    await each.watch.look();
    this.#looking = undefined;
  }

  async #read(): Promise<Endpoint> {
    const endpoint = await this.#storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } });
    if (endpoint === undefined) throw new Error('The endpoint is gone.');
    return endpoint;
  }

  async #readTarget(): Promise<RouteTarget> {
    const routed = (await this.#storage.loadRoutes({ applicationId }))?.endpoints[0];
    if (routed === undefined) throw new Error('The endpoint is gone.');
    return new RouteTarget(routed);
  }

  async #toggle(): Promise<void> {
    const { disabledReason: _, ...endpoint } = await this.#read();
    const { version, disabled } = endpoint;
    const change = { disabled: !disabled, version: version + 1, updatedAt: this.#clock.now() };
    await this.#storage.replaceEndpoint({ endpoint: { ...endpoint, ...change } });
    if (!disabled) return;
    this.#ledger = [];
    this.#notices = [];
  }

  async #compact(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    await this.#storage.compactRollups({
      hoursBefore: new Date(nowMs - 2 * hourMs),
      daysBefore: new Date(nowMs - 48 * hourMs),
    });
  }

  #checkDisabled(reason: string | undefined): void {
    this.disabledTimes += 1;
    expect(reason).toBe('failing');
    this.#checkRun(disableAfterMs);
  }

  #checkNotice(stage: string, failingSince: Date): void {
    this.#checkRun(stage === '24h' ? 24 * hourMs : 72 * hourMs);
    const notice = `${stage} ${failingSince.getTime()}`;
    expect(this.#notices).not.toContain(notice);
    this.#notices.push(notice);
  }

  /** The law: no success for so long, enough attempts and messages, failures all along, and no fault of our own. */
  #checkRun(leastMs: number): void {
    expect(this.#looking?.isSuspecting).toBe(false);
    const sinceMs = this.#clock.nowMs() - leastMs;
    const lastSuccess = this.#ledger.findLastIndex(({ succeeded }) => succeeded);
    const run = this.#ledger.slice(lastSuccess + 1);
    expect(this.#ledger[lastSuccess]?.atMs ?? 0).toBeLessThan(sinceMs + minuteMs);
    expect(run.length).toBeGreaterThanOrEqual(20);
    expect(new Set(run.map(({ messageId }) => messageId)).size).toBeGreaterThanOrEqual(2);
    expect((run.at(-1)?.atMs ?? 0) - (run[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(leastMs - 2 * hourMs);
  }
}

const exhausted = { status: 'dead_letter', reason: 'exhausted' } as const;

describe('auto-disabling', () => {
  it(
    'never comes with a success in the window, and always comes in time, whatever workers do',
    { timeout: 60_000 },
    async () => {
      let disabled = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const scene = await Scene.create();
          for (const each of steps) await scene.run(each);
          disabled += scene.disabledTimes;
          await scene.calmDown();
          const before = scene.disabledTimes;
          // The time itself, a first failure that was not noted, the bucket of a success, and the next failure.
          await scene.failFor(123, 0);
          expect(scene.disabledTimes).toBe(before + 1);
        }),
        { numRuns: 15 },
      );
      // The histories reach it by themselves too.
      expect(disabled).toBeGreaterThan(0);
    },
  );
});
