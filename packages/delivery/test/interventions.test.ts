import type { Application, Delivery, Endpoint } from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish, type Installation } from './support/engine-harness.js';
import { answer, createGate, type ScriptedSender } from './support/scripted-sender.js';
import type { DeliveryEngine } from '../src/ports/delivery.js';

/** What people and receivers do while deliveries are under way, in any order. */
type Step =
  | { readonly kind: 'publish' | 'disable' | 'enable' | 'delete' }
  | { readonly kind: 'resend' | 'cancel'; readonly pick: number }
  | { readonly kind: 'answer'; readonly pick: number; readonly status: number }
  | { readonly kind: 'wait'; readonly seconds: number };

const pick = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), pick, status: fc.constantFrom(200, 500) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(0, 1, 12, 400) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('resend' as const, 'cancel' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('disable' as const, 'enable' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const) }) },
);

const endedStatuses: ReadonlySet<string> = new Set(['delivered', 'dead_letter', 'cancelled']);

/** A request that waits for its answer. */
interface Open {
  readonly messageId: string;
  readonly answer: (status: number) => void;
}

/** A small installation with one endpoint, two workers on it, and answers given by hand. */
class Scene {
  readonly messages: string[] = [];
  readonly open: Open[] = [];
  readonly #requestsOf = new Map<string, number>();
  /** Requests that began after every engine knew that the endpoint is off. */
  readonly #unwanted: string[] = [];
  readonly #before = new Map<string, Delivery>();
  readonly #cancelled = new Map<string, number>();
  isAllowed = true;

  private constructor(
    readonly place: Installation,
    readonly application: Application,
    readonly endpoint: Endpoint,
    readonly engines: readonly DeliveryEngine[],
  ) {}

  static async create(): Promise<Scene> {
    const place = await createInstallation();
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application, { retryScheduleMs: [5_000, 300_000] });
    // One request at a time, so that deliveries wait in memory while the world changes.
    const options = { perEndpointConcurrency: 1, pollIntervalMs: 10_000 };
    const workers = [place.createEngine(options), place.createEngine(options)];
    const scene = new Scene(
      place,
      application,
      endpoint,
      workers.map(({ engine }) => engine),
    );
    for (const { sender } of workers) scene.#listen(sender);
    for (const engine of scene.engines) await engine.start();
    return scene;
  }

  #listen(sender: ScriptedSender): void {
    sender.script = async (request) => {
      const messageId = String(request.headers['webhook-id']);
      if (!this.isAllowed) this.#unwanted.push(messageId);
      this.#requestsOf.set(messageId, (this.#requestsOf.get(messageId) ?? 0) + 1);
      const gate = createGate<number>();
      const open = { messageId, answer: gate.open };
      this.open.push(open);
      const status = await gate.promise;
      return answer(status);
    };
  }

  async change(more: Partial<Endpoint>): Promise<void> {
    const path = { environmentId, applicationId: this.application.id, endpoint: { id: this.endpoint.id } };
    const current = await this.place.storage.getEndpoint(path);
    if (current === undefined) return;
    const updatedAt = this.place.clock.now();
    const endpoint = { ...current, ...more, version: current.version + 1, updatedAt };
    await this.place.storage.replaceEndpoint({ endpoint });
    this.#forgetRoutes();
    this.isAllowed = !endpoint.disabled;
  }

  async delete(): Promise<void> {
    const path = { environmentId, applicationId: this.application.id, endpointId: this.endpoint.id };
    await this.place.storage.deleteEndpoint({ ...path, deletedAt: this.place.clock.now() });
    this.#forgetRoutes();
    this.isAllowed = false;
  }

  #forgetRoutes(): void {
    for (const engine of this.engines) engine.invalidateRoutes({ applicationId: this.application.id });
  }

  get engine(): DeliveryEngine {
    return this.engines[0] as DeliveryEngine;
  }

  async all(): Promise<readonly Delivery[]> {
    const page = { limit: 250, order: 'ascending' } as const;
    return (await this.place.storage.listDeliveries({ environmentId, filter: {}, page })).items;
  }

  async run(one: Step): Promise<void> {
    const path = { environmentId, applicationId: this.application.id };
    if (one.kind === 'publish') this.messages.push((await publish(this.engine, this.application)).id);
    if (one.kind === 'disable') await this.change({ disabled: true, disabledReason: 'manual' });
    if (one.kind === 'enable') await this.change({ disabled: false, disabledReason: undefined });
    if (one.kind === 'delete') await this.delete();
    if (one.kind === 'resend') {
      const messageId = this.messages[one.pick % Math.max(1, this.messages.length)];
      if (messageId !== undefined) await this.engine.resend({ ...path, messageId, endpointId: this.endpoint.id });
    }
    if (one.kind === 'cancel') {
      const deliveries = await this.all();
      const delivery = deliveries[one.pick % Math.max(1, deliveries.length)];
      if (delivery !== undefined) {
        const { id: deliveryId, messageId } = delivery;
        const { outcome } = await this.engine.cancelDelivery({ ...path, messageId, deliveryId });
        if (outcome === 'cancelled') this.#cancelled.set(messageId, (this.#cancelled.get(messageId) ?? 0) + 1);
      }
    }
    if (one.kind === 'answer') this.open.splice(one.pick % Math.max(1, this.open.length), 1)[0]?.answer(one.status);
    await this.place.clock.advance(one.kind === 'wait' ? one.seconds * 1_000 : 2);
    await this.check();
  }

  /** I4: ended is ended. F19: one unfinished delivery per message. I5: as many attempts on record as requests ended. */
  async check(): Promise<void> {
    expect(this.#unwanted).toEqual([]);
    const unfinished = new Map<string, number>();
    for (const delivery of await this.all()) {
      const before = this.#before.get(delivery.id);
      if (before !== undefined && endedStatuses.has(before.status)) expect(delivery).toEqual(before);
      this.#before.set(delivery.id, delivery);
      if (endedStatuses.has(delivery.status)) continue;
      const { messageId } = delivery;
      unfinished.set(messageId, (unfinished.get(messageId) ?? 0) + 1);
    }
    for (const count of unfinished.values()) expect(count).toBe(1);
  }

  /**
   * Lets everything end, with receivers that answer 200, and compares requests with attempts. One attempt too many is
   * right where a leased delivery was cancelled before its request began: storage cannot tell, so its outcome is unknown.
   */
  async finish(): Promise<void> {
    // One request at a time: at least one delivery ends in every round, and a first round ends the waiting of retries.
    for (let round = 0; round < 2 * this.messages.length + 5; round += 1) {
      for (const open of this.open.splice(0)) open.answer(200);
      await this.place.clock.advance(400_000);
    }
    for (const delivery of await this.all()) expect(endedStatuses.has(delivery.status)).toBe(true);
    const page = { limit: 250, order: 'ascending' } as const;
    const path = { environmentId, applicationId: this.application.id };
    for (const messageId of this.messages) {
      const { items } = await this.place.storage.listAttempts({ ...path, filter: { messageId }, page });
      const requests = this.#requestsOf.get(messageId) ?? 0;
      const unknown = items.filter((attempt) => attempt.outcome === 'unknown');
      expect(items.length).toBeGreaterThanOrEqual(requests);
      expect(items.length - unknown.length).toBeLessThanOrEqual(requests);
      expect(unknown.length).toBeLessThanOrEqual(this.#cancelled.get(messageId) ?? 0);
    }
    await Promise.all(this.engines.map((engine) => engine.stop()));
    await this.check();
  }
}

describe('retrying, cancelling, switching off and deleting while deliveries are under way', () => {
  it('never changes what has ended, never doubles a delivery, and leaves no request without a record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const scene = await Scene.create();
        for (const one of steps) await scene.run(one);
        await scene.finish();
      }),
      { numRuns: 30, examples: [[[{ kind: 'publish' }, { kind: 'publish' }, { kind: 'cancel', pick: 1 }]]] },
    );
  }, 60_000);

  it('records the success of a request that was under way when its endpoint was switched off or deleted', async () => {
    for (const kind of ['disable', 'delete'] as const) {
      const scene = await Scene.create();
      await scene.run({ kind: 'publish' });
      await scene.run({ kind });
      await scene.run({ kind: 'answer', pick: 0, status: 200 });
      expect(await scene.all()).toMatchObject([{ status: 'delivered', attemptCount: 1 }]);
      await scene.finish();
    }
  });
});
