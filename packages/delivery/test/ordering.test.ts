import {
  orderingOf,
  type Delivery,
  type EndpointOrdering,
  type Message,
  type NewDelivery,
  type Storage,
} from '@postrider/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInstallation, environmentId, publish } from './support/engine-harness.js';
import { answer } from './support/scripted-sender.js';
import { World, type CrashPoint, type Defect, type ReceiverMood } from './support/world.js';

type Step =
  | { readonly kind: 'publish'; readonly process: number; readonly count: number }
  | { readonly kind: 'pass'; readonly durationMs: number }
  | { readonly kind: 'kill' | 'restart' | 'drain'; readonly process: number }
  | { readonly kind: 'kill_at'; readonly process: number; readonly point: CrashPoint }
  | { readonly kind: 'cancel' | 'hurry' | 'resend'; readonly pick: number }
  | { readonly kind: 'set_endpoint'; readonly pick: number; readonly disabled: boolean };

const process = fc.integer({ min: 0, max: 1 });
const pick = fc.nat({ max: 50 });
const point: fc.Arbitrary<CrashPoint> = fc.record({
  method: fc.constantFrom('appendMessages', 'recordOutcomes', 'claimDue', 'releaseLeases'),
  moment: fc.constantFrom('before', 'after'),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('publish'), process, count: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('pass'), durationMs: fc.constantFrom(0, 30, 700, 15_000, 40_000) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('kill', 'restart', 'restart', 'drain'), process }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill_at'), process, point }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'hurry', 'resend'), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('set_endpoint'), pick, disabled: fc.boolean() }) },
);
const mood = fc.constantFrom<ReceiverMood[]>(200, 200, 200, 429, 500, 500, 'silent', 'refused', 'own_fault');
const history = fc.record({
  moods: fc.array(mood, { minLength: 1, maxLength: 12, size: 'max' }),
  steps: fc.array(step, { maxLength: 20, size: 'max' }),
});

const byKey: EndpointOrdering = { by: 'key', onFailure: 'block' };
const inOneLine: EndpointOrdering = { by: 'endpoint', onFailure: 'continue' };
const ended = new Set(['delivered', 'dead_letter', 'cancelled']);

/** Everything that was stored in lines, in the order of storing, and what was sent too early. */
class Lines {
  readonly violations: string[] = [];
  readonly #lines = new Map<string, NewDelivery[]>();
  readonly #lineOf = new Map<string, NewDelivery[]>();
  world: World | undefined;

  readonly more = {
    orderings: [byKey, inOneLine],
    orderingKeys: ['a', 'b', 'a'],
    onAppended: (entries: Parameters<Storage['appendMessages']>[0]['entries']): void => {
      for (const { message, deliveries } of entries) {
        for (const delivery of deliveries) {
          const endpoint = { ordering: this.#orderings.get(delivery.endpointId) };
          const name = `${delivery.endpointId} ${orderingOf(endpoint, message)?.key}`;
          const line = this.#lines.get(name) ?? [];
          line.push(delivery);
          this.#lines.set(name, line);
          this.#lineOf.set(`${message.id} ${delivery.endpointId}`, line);
        }
      }
    },
    onRequest: (messageId: string, endpointId: string): Promise<void> => this.#look(messageId, endpointId),
  };
  readonly #orderings = new Map<string, EndpointOrdering>();

  constructor(private readonly resends: ReadonlySet<string>) {}

  async open(world: World): Promise<void> {
    this.world = world;
    for (const endpoint of world.endpoints) {
      if (endpoint.ordering !== undefined) this.#orderings.set(endpoint.id, endpoint.ordering);
    }
  }

  /** Whatever stands before it must have ended, or must have been tried where the endpoint says so. */
  async #look(messageId: string, endpointId: string): Promise<void> {
    const key = `${messageId} ${endpointId}`;
    if (this.resends.has(key)) return;
    const deliveries = new Map((await this.world?.deliveries())?.map((each) => [each.id, each]));
    for (const { id } of this.#lineOf.get(key) ?? []) {
      const earlier = deliveries.get(id);
      if (earlier === undefined || earlier.messageId === messageId) return;
      if (this.#letsGo(earlier)) continue;
      this.violations.push(`${key} was sent while ${id} before it was ${earlier.status}`);
    }
  }

  #letsGo({ endpointId, status, attemptCount }: Delivery): boolean {
    const continues = this.#orderings.get(endpointId)?.onFailure === 'continue';
    return ended.has(status) || (continues && attemptCount > 0);
  }
}

async function live(params: {
  readonly moods: readonly ReceiverMood[];
  readonly steps: readonly Step[];
  readonly defect?: Defect;
}): Promise<readonly string[]> {
  const resends = new Set<string>();
  const lines = new Lines(resends);
  const world = await World.create({ ...params, more: lines.more });
  await lines.open(world);
  for (const one of params.steps) {
    await take(world, one, resends);
    await world.place.clock.advance(1);
  }
  await world.heal();
  // Each of a line may need a claim of its own, and those that failed before the healing wait for their retries.
  await world.place.clock.advance(120_000);
  const left = (await world.deliveries()).filter(({ status }) => !ended.has(status));
  return [...lines.violations, ...left.map(({ id, status }) => `${id} is still ${status}`)];
}

async function take(world: World, one: Step, resends: Set<string>): Promise<void> {
  switch (one.kind) {
    case 'publish':
      return world.publish(one.process, one.count);
    case 'pass':
      return world.place.clock.advance(one.durationMs);
    case 'kill':
      return world.kill(one.process);
    case 'kill_at':
      return world.killAt(one.process, one.point);
    case 'restart':
      return world.startProcess(one.process);
    case 'drain':
      return world.drain(one.process);
    case 'set_endpoint':
      return world.setEndpoint(one.pick, one.disabled);
    default:
      return intervene(world, one, resends);
  }
}

/** A person does something to a delivery, in whatever state it is. */
async function intervene(
  world: World,
  { kind, pick: any }: Extract<Step, { pick: number; kind: 'cancel' | 'hurry' | 'resend' }>,
  resends: Set<string>,
): Promise<void> {
  const deliveries = await world.deliveries();
  const delivery = deliveries[any % Math.max(1, deliveries.length)];
  if (delivery === undefined) return;
  const { applicationId, messageId, endpointId, id: deliveryId } = delivery;
  const { clock, storage } = world.place;
  const path = { environmentId, applicationId, messageId, deliveryId };
  if (kind === 'hurry') {
    await storage.expediteDelivery({ ...path, dueAt: clock.now() });
  } else if (kind === 'cancel') {
    const attemptId = `atmpt_cancel_${clock.nowMs()}_${deliveryId}`;
    await storage.cancelDelivery({ ...path, attemptId, cancelledAt: clock.now() });
  } else {
    // What is sent again stands outside of the order.
    resends.add(`${messageId} ${endpointId}`);
    const again = { id: `${deliveryId}_${clock.nowMs()}`, endpointId, trigger: 'manual', dueAt: clock.now() } as const;
    await storage.appendDelivery({ ...path, delivery: again, now: clock.now() });
  }
}

describe('deliveries that keep an order', () => {
  it('are never sent before those that stand before them, and none waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (one) => {
        expect(await live(one)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  const changed = (change: (delivery: NewDelivery) => NewDelivery): Defect => ({
    storage: (real) => ({
      ...real,
      appendMessages: ({ entries, ...rest }) => {
        const others = entries.map((entry) => ({ ...entry, deliveries: entry.deliveries.map(change) }));
        return real.appendMessages({ entries: others, ...rest });
      },
    }),
  });
  let processes = 0;
  it.each<[string, Defect]>([
    ['forget the lines', changed((delivery) => ({ ...delivery, ordering: undefined }))],
    [
      'let the next one go after a failure',
      changed(({ ordering, ...rest }) => ({ ...rest, ordering: ordering && { ...ordering, onFailure: 'continue' } })),
    ],
    [
      'give every process lines of its own',
      {
        storage: (real) => {
          processes += 1;
          const name = processes;
          return changed(({ ordering, ...rest }) => ({
            ...rest,
            ordering: ordering && { ...ordering, key: `${ordering.key} ${name}` },
          })).storage?.(real, { defer: () => undefined }) as Storage;
        },
      },
    ],
  ])('are found out of order when storages %s', async (_, defect) => {
    const result = await fc.check(
      fc.asyncProperty(history, async (one) => {
        expect(await live({ ...one, defect })).toEqual([]);
      }),
      { numRuns: 200, seed: 1, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
  });

  it('go one after the other without waiting for the poll, beside those of other keys', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    const endpoint = await place.addEndpoint(application, { ordering: byKey });
    const { engine, sender } = place.createEngine({ pollIntervalMs: 60_000 });
    sender.script = async () => {
      await place.clock.sleep({ delayMs: 20 });
      return answer(200);
    };
    await engine.start();
    const messages: Message[] = [];
    for (const orderingKey of ['a', 'b', 'a', 'b', 'a', 'b', undefined]) {
      messages.push(await publish(engine, application, { orderingKey }));
    }
    await place.clock.advance(500);
    const sentIds = sender.requests.map(({ headers }) => headers['webhook-id']);
    const ofKey = (first: number) => sentIds.filter((id) => messages.findIndex((each) => each.id === id) % 2 === first);
    expect(sentIds).toHaveLength(7);
    expect(ofKey(1)).toEqual([1, 3, 5].map((index) => messages[index]?.id));
    expect(sender.peak).toBe(3);
    expect(await place.count()).toMatchObject({ delivered: 7 });
    expect(endpoint.ordering).toEqual(byKey);
    await engine.stop();
  });

  it('let the next one go at once when the first is cancelled', async () => {
    const place = await createInstallation();
    const application = await place.addApplication();
    await place.addEndpoint(application, { ordering: { by: 'endpoint', onFailure: 'block' } });
    const { engine, sender } = place.createEngine({ pollIntervalMs: 60_000 });
    sender.script = (_request, index) => answer(index === 0 ? 500 : 200);
    await engine.start();
    const first = await publish(engine, application);
    const second = await publish(engine, application);
    await place.clock.advance(100);
    expect(await place.deliveriesOf(second.id)).toMatchObject([{ status: 'pending', attemptCount: 0 }]);
    const [failed] = await place.deliveriesOf(first.id);
    const { applicationId, id: messageId } = first;
    await engine.cancelDelivery({ environmentId, applicationId, messageId, deliveryId: failed?.id ?? '' });
    await place.clock.advance(100);
    expect(await place.deliveriesOf(second.id)).toMatchObject([{ status: 'delivered' }]);
    await engine.stop();
  });
});
