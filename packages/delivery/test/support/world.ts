import type { AppendEntry, Application, Delivery, Endpoint, EndpointOrdering, Storage } from '@postrider/core';
import type { DeliveryEngine } from '../../src/ports/delivery.js';
import type { BreakerChange } from '../../src/ports/delivery-observer.js';
import type { Sender, SendRequest, SendResult } from '../../src/sender/sender.js';
import { createInstallation, environmentId, toDraft, type Installation } from './engine-harness.js';
import { createFaultyStorage, unavailable, type FaultyStorage } from './faulty-storage.js';
import { answer, failure } from './scripted-sender.js';

/** What a receiver does with a request. */
export type ReceiverMood = 200 | 410 | 413 | 429 | 500 | 'silent' | 'refused' | 'own_fault';

/** Where a process may die: at its next call of this method, before or after the store did its work. */
export interface CrashPoint {
  readonly method: 'appendMessages' | 'recordOutcomes' | 'claimDue' | 'renewLeases' | 'reapExpired' | 'releaseLeases';
  readonly moment: 'before' | 'after';
}

/** A defect planted into every process of a world, to see whether the checks find it. */
export interface Defect {
  readonly storage?: (storage: Storage, world: { readonly defer: (work: () => void) => void }) => Storage;
  readonly sender?: (sender: Sender) => Sender;
}

/** What a test adds to the two endpoints of a world, and sees of them. */
export interface WorldMore {
  /** The first endpoint, the second endpoint. */
  readonly orderings?: readonly EndpointOrdering[];
  /** Messages carry these in turn. */
  readonly orderingKeys?: readonly string[];
  /** The receiver sees a request, before it answers. */
  readonly onRequest?: (messageId: string, endpointId: string) => Promise<void>;
  /** Messages were stored, in this order. */
  readonly onAppended?: (entries: readonly AppendEntry[]) => void;
}

interface Process {
  readonly engine: DeliveryEngine;
  readonly storage: FaultyStorage;
  alive: boolean;
}

const never = new Promise<never>(() => undefined);

/** Short enough for a test to live through many leases. */
const options = {
  timeoutMs: 1_000,
  maxTimeoutMs: 1_000,
  leaseMs: 12_000,
  heartbeatIntervalMs: 3_000,
  reapIntervalMs: 3_000,
  recordLingerMs: 5,
  laneDepth: 4,
  perEndpointConcurrency: 2,
  maxLeased: 10,
};

/** Two processes on one store, receivers with moods, and a ledger of what was promised and what was seen. */
export class World {
  /** Ids of messages whose publish was answered with success. */
  readonly accepted: string[] = [];
  /** Requests that receivers saw, by message and endpoint. */
  readonly seen = new Map<string, number>();
  /** How often a resend was accepted, by message and endpoint. */
  readonly resent = new Map<string, number>();
  /** Whether every endpoint was enabled all the time, so that each message has a delivery for each of them. */
  endpointsUnchanged: boolean;
  /** Whether no process died, drained or lost its storage so far. */
  undisturbed = true;
  /** How often a breaker opened. */
  openings = 0;
  moods: readonly ReceiverMood[];
  readonly place: Installation;
  readonly #application: Application;
  readonly endpoints: readonly Endpoint[];
  readonly #defect: Defect;
  readonly #more: WorldMore;
  readonly #processes: Process[] = [];
  #requests = 0;
  #published = 0;

  private constructor(params: {
    place: Installation;
    application: Application;
    endpoints: Endpoint[];
    moods: readonly ReceiverMood[];
    defect: Defect;
    more: WorldMore;
  }) {
    this.place = params.place;
    this.#application = params.application;
    this.endpoints = params.endpoints;
    this.moods = params.moods;
    this.endpointsUnchanged = !params.moods.includes(410);
    this.#defect = params.defect;
    this.#more = params.more;
  }

  static async create(params: { moods: readonly ReceiverMood[]; defect?: Defect; more?: WorldMore }): Promise<World> {
    const place = await createInstallation();
    const application = await place.addApplication();
    const retryScheduleMs = [1_000, 5_000, 20_000];
    const endpoints = [
      await place.addEndpoint(application, { retryScheduleMs, ordering: params.more?.orderings?.[0] }),
      await place.addEndpoint(application, { retryScheduleMs, ordering: params.more?.orderings?.[1] }),
    ];
    const { moods, defect = {}, more = {} } = params;
    const world = new World({ place, application, endpoints, moods, defect, more });
    await world.startProcess(0);
    await world.startProcess(1);
    return world;
  }

  /** Replaces the process at this place by a new one. The old one, if it still lives, dies as it stands. */
  async startProcess(index: number): Promise<void> {
    this.kill(index);
    const storage = createFaultyStorage(this.#listenTo(this.place.storage));
    const process: Process = { engine: this.#createEngine(storage, () => process.alive), storage, alive: true };
    this.#processes[index] = process;
    await process.engine.start();
  }

  /** The process stops existing: nothing it does has an effect any more, and nothing reaches it. */
  kill(index: number): void {
    const process = this.#processes[index];
    if (process === undefined) return;
    this.undisturbed = false;
    bury(process);
  }

  /** Arms a crash at the next call of a storage method. */
  killAt(index: number, point: CrashPoint): void {
    const process = this.#processes[index];
    if (process === undefined || !process.alive) return;
    this.undisturbed = false;
    process.storage[point.moment](point.method, () => {
      bury(process);
      return never;
    });
  }

  /** The store refuses every call of the process, or works again. */
  setStorage(index: number, works: boolean): void {
    const process = this.#processes[index];
    if (process === undefined || !process.alive) return;
    this.undisturbed = false;
    for (const method of [...workerMethods, 'appendMessages', 'loadRoutes'] as const) {
      process.storage.before(
        method,
        works
          ? undefined
          : () => {
              throw unavailable();
            },
      );
    }
  }

  async publish(index: number, messages: number): Promise<void> {
    const process = this.#processes[index];
    if (process === undefined || !process.alive) return;
    for (let n = 0; n < messages; n += 1) {
      const { orderingKeys } = this.#more;
      const orderingKey = orderingKeys?.[this.#published % orderingKeys.length];
      this.#published += 1;
      process.engine.publish({ application: this.#application, message: toDraft({ orderingKey }) }).then(
        (result) => {
          if (result.outcome !== 'appended' || !process.alive) return;
          this.accepted.push(result.message.id);
        },
        () => undefined,
      );
    }
  }

  async resend(index: number, pick: number): Promise<void> {
    const process = this.#processes[index];
    const messageId = this.accepted[pick % Math.max(1, this.accepted.length)];
    const endpoint = this.endpoints[pick % this.endpoints.length];
    if (process === undefined || !process.alive || messageId === undefined || endpoint === undefined) return;
    const { id: applicationId } = this.#application;
    const result = await process.engine.resend({ environmentId, applicationId, messageId, endpointId: endpoint.id });
    if (result.outcome === 'appended') count(this.resent, keyOf(messageId, endpoint.id));
  }

  async setEndpoint(pick: number, disabled: boolean): Promise<void> {
    const endpoint = this.endpoints[pick % this.endpoints.length];
    if (endpoint === undefined) return;
    const { id: applicationId } = this.#application;
    const current = await this.place.storage.getEndpoint({
      environmentId,
      applicationId,
      endpoint: { id: endpoint.id },
    });
    if (current === undefined || current.disabled === disabled) return;
    this.endpointsUnchanged = false;
    await this.place.storage.replaceEndpoint({
      endpoint: { ...current, disabled, disabledReason: disabled ? 'manual' : undefined, version: current.version + 1 },
    });
  }

  async drain(index: number): Promise<void> {
    const process = this.#processes[index];
    if (process?.alive !== true) return;
    this.undisturbed = false;
    void process.engine.drain({ deadlineMs: 500 });
    await this.place.clock.advance(10_000);
  }

  /** Ends all faults and gives the installation the time to finish its work. */
  async heal(): Promise<void> {
    this.moods = [200];
    if (!this.undisturbed) {
      await this.startProcess(0);
      await this.startProcess(1);
    }
    await this.place.clock.advance(90_000);
    // A breaker that failed probe after probe looks again after ten minutes and a fifth at the latest.
    if (this.openings > 0) await this.place.clock.advance(15 * 60_000);
  }

  /** Whether the message is in the store. */
  async knows(messageId: string): Promise<boolean> {
    const { id: applicationId } = this.#application;
    const found = await this.place.storage.getMessage({ environmentId, applicationId, message: { id: messageId } });
    return found !== undefined;
  }

  /** The attempts on record, by message and endpoint; those with an unknown outcome alone, or all. */
  async attempts(which: 'all' | 'unknown'): Promise<ReadonlyMap<string, number>> {
    const { items } = await this.place.storage.listAttempts({
      environmentId,
      applicationId: this.#application.id,
      filter: which === 'all' ? {} : { outcomes: ['unknown'] },
      page: { limit: 10_000, order: 'ascending' },
    });
    const counts = new Map<string, number>();
    for (const { messageId, endpointId } of items) count(counts, keyOf(messageId, endpointId));
    return counts;
  }

  async deliveries(): Promise<readonly Delivery[]> {
    const { items } = await this.place.storage.listDeliveries({
      environmentId,
      filter: {},
      page: { limit: 10_000, order: 'ascending' },
    });
    return items;
  }

  #createEngine(faulty: FaultyStorage, isAlive: () => boolean): DeliveryEngine {
    const defer = (work: () => void): void => {
      this.place.clock.setTimeout(() => (isAlive() ? work() : undefined), 50);
    };
    const sender: Sender = { send: (request) => this.#receive(request, isAlive), close: async () => undefined };
    const breakersChanged = (changes: readonly BreakerChange[]): void => {
      this.openings += changes.filter(({ to }) => to === 'open').length;
    };
    return this.place.createEngine(options, {
      observers: { all: () => [{ breakersChanged }] },
      storage: this.#defect.storage?.(faulty.storage, { defer }) ?? faulty.storage,
      sender: this.#defect.sender?.(sender) ?? sender,
    }).engine;
  }

  #listenTo(storage: Storage): Storage {
    const { onAppended } = this.#more;
    if (onAppended === undefined) return storage;
    return {
      ...storage,
      appendMessages: async (params) => {
        const results = await storage.appendMessages(params);
        onAppended(params.entries.filter((_, index) => results[index]?.outcome === 'appended'));
        return results;
      },
    };
  }

  async #receive(request: SendRequest, isAlive: () => boolean): Promise<SendResult> {
    if (!isAlive()) return never;
    const mood = this.moods[this.#requests % this.moods.length] ?? 200;
    this.#requests += 1;
    if (mood === 'own_fault') return failure('internal');
    const endpointId = request.url.slice(request.url.lastIndexOf('/') + 1);
    const messageId = request.headers['webhook-id'] ?? '';
    count(this.seen, keyOf(messageId, endpointId));
    await this.#more.onRequest?.(messageId, endpointId);
    const aborted = new Promise<SendResult>((resolve) => {
      request.signal?.addEventListener('abort', () => resolve(failure('aborted')), { once: true });
    });
    const result = await Promise.race([this.#answer(mood), aborted]);
    return isAlive() ? result : never;
  }

  async #answer(mood: Exclude<ReceiverMood, 'own_fault'>): Promise<SendResult> {
    if (mood === 'refused') return failure('connection_refused');
    await this.place.clock.sleep({ delayMs: mood === 'silent' ? 1_000 : 20 });
    return mood === 'silent' ? failure('timeout') : answer(mood, mood === 429 ? { retryAfter: '3' } : {});
  }
}

const workerMethods = ['recordOutcomes', 'claimDue', 'renewLeases', 'reapExpired', 'releaseLeases'] as const;

function bury(process: Process): void {
  process.alive = false;
  for (const method of [...workerMethods, 'appendMessages', 'loadRoutes', 'getEndpoint', 'replaceEndpoint'] as const) {
    process.storage.before(method, () => never);
  }
}

export function keyOf(messageId: string, endpointId: string): string {
  return `${messageId} ${endpointId}`;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
