import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBulkhead, type Bulkhead, type BulkheadOptions, type BulkheadSlot } from './bulkhead.js';

const settled = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('acquire', () => {
  it('lets so many run, so many wait, and turns the rest away', async () => {
    const bulkhead = createBulkhead({ maxRunning: 2, maxQueued: 1 });
    const first = await bulkhead.acquire();
    await bulkhead.acquire();
    const waiting = bulkhead.acquire();
    expect(await bulkhead.acquire()).toBeUndefined();
    expect(bulkhead).toMatchObject({ running: 2, queued: 1 });
    first?.release();
    expect(await waiting).toBeDefined();
    expect(bulkhead).toMatchObject({ running: 2, queued: 0 });
  });

  it('hands a free slot to the first who waits, not to who comes next', async () => {
    const bulkhead = createBulkhead({ maxRunning: 1, maxQueued: 5 });
    const first = await bulkhead.acquire();
    const waiting = bulkhead.acquire();
    first?.release();
    expect(bulkhead.tryAcquire()).toBeUndefined();
    expect(await waiting).toBeDefined();
  });

  it('gives a slot back once', async () => {
    const bulkhead = createBulkhead({ maxRunning: 2, maxQueued: 0 });
    const [first] = [await bulkhead.acquire(), await bulkhead.acquire()];
    first?.release();
    first?.release();
    expect(bulkhead.running).toBe(1);
  });

  it('leaves the queue when the signal aborts, and keeps no listener behind', async () => {
    const bulkhead = createBulkhead({ maxRunning: 1, maxQueued: 5 });
    const controller = new AbortController();
    const reason = new Error('shutting down');
    const first = await bulkhead.acquire({ signal: controller.signal });
    const second = bulkhead.acquire({ signal: controller.signal });
    first?.release();
    const running = await second;
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);

    const third = bulkhead.acquire({ signal: controller.signal });
    const fourth = bulkhead.acquire();
    controller.abort(reason);
    await expect(third).rejects.toBe(reason);
    await expect(bulkhead.acquire({ signal: controller.signal })).rejects.toBe(reason);
    running?.release();
    expect(await fourth).toBeDefined();
    expect(bulkhead).toMatchObject({ running: 1, queued: 0 });
  });

  it.each([
    [{ maxRunning: 0, maxQueued: 0 }, 'maxRunning is 0'],
    [{ maxRunning: 1, maxQueued: -1 }, 'maxQueued is -1'],
    [{ maxRunning: 1, maxQueued: Infinity }, 'maxQueued is Infinity'],
  ])('refuses %j', (options, message) => {
    expect(() => createBulkhead(options)).toThrow(message);
  });
});

describe('run', () => {
  it('answers with the value of the task, or that it was turned away', async () => {
    const bulkhead = createBulkhead({ maxRunning: 1, maxQueued: 0 });
    const slot = await bulkhead.acquire();
    expect(await bulkhead.run(() => 'never')).toEqual({ accepted: false });
    slot?.release();
    expect(await bulkhead.run(async () => 'done')).toEqual({ accepted: true, value: 'done' });
  });

  it('gives the slot back when the task fails', async () => {
    const bulkhead = createBulkhead({ maxRunning: 1, maxQueued: 0 });
    await expect(bulkhead.run(() => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
    await expect(
      bulkhead.run(() => {
        throw new Error('bang');
      }),
    ).rejects.toThrow('bang');
    expect(bulkhead.running).toBe(0);
  });

  it('does not begin a task whose signal aborted between the grant and the start', async () => {
    const bulkhead = createBulkhead({ maxRunning: 1, maxQueued: 1 });
    const controller = new AbortController();
    const slot = await bulkhead.acquire();
    let hasBegun = false;
    const result = bulkhead.run(() => (hasBegun = true), { signal: controller.signal });
    slot?.release();
    controller.abort(new Error('too late'));
    await expect(result).rejects.toThrow('too late');
    expect(hasBegun).toBe(false);
    expect(bulkhead.running).toBe(0);
  });
});

/** One thing that happens to a bulkhead. */
type Step =
  | { readonly kind: 'acquire' }
  | { readonly kind: 'try' }
  | { readonly kind: 'release'; readonly which: number }
  | { readonly kind: 'abort'; readonly which: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('acquire') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('try') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('release'), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abort'), which: fc.nat(20) }) },
);

type Subject = Pick<Bulkhead, 'acquire' | 'tryAcquire'>;

/** Plays a course against lists of who runs and who waits. */
async function play(bulkhead: Subject, params: BulkheadOptions & { course: Step[] }): Promise<void> {
  const slots = new Map<number, BulkheadSlot>();
  const aborts = new Map<number, AbortController>();
  const turnedAway: number[] = [];
  const expected = { running: [] as number[], waiting: [] as number[], turnedAway: [] as number[] };
  let tickets = 0;

  for (const step of params.course) {
    if (step.kind === 'acquire') {
      tickets += 1;
      const ticket = tickets;
      const controller = new AbortController();
      aborts.set(ticket, controller);
      bulkhead.acquire({ signal: controller.signal }).then(
        (slot) => (slot === undefined ? turnedAway.push(ticket) : slots.set(ticket, slot)),
        () => undefined,
      );
      if (expected.running.length < params.maxRunning) expected.running.push(ticket);
      else if (expected.waiting.length < params.maxQueued) expected.waiting.push(ticket);
      else expected.turnedAway.push(ticket);
    } else if (step.kind === 'try') {
      tickets += 1;
      const ticket = tickets;
      const slot = bulkhead.tryAcquire();
      if (slot !== undefined) slots.set(ticket, slot);
      if (expected.running.length < params.maxRunning) expected.running.push(ticket);
    } else if (step.kind === 'release') {
      const [ticket] = expected.running.splice(step.which % Math.max(expected.running.length, 1), 1);
      if (ticket !== undefined) {
        slots.get(ticket)?.release();
        slots.delete(ticket);
        expected.running.push(...expected.waiting.splice(0, 1));
      }
    } else {
      const [ticket] = expected.waiting.splice(step.which % Math.max(expected.waiting.length, 1), 1);
      if (ticket !== undefined) aborts.get(ticket)?.abort();
    }
    await settled();
    expect([...slots.keys()].toSorted((a, b) => a - b)).toEqual(expected.running.toSorted((a, b) => a - b));
    expect(turnedAway).toEqual(expected.turnedAway);
  }
}

async function check(
  create: (options: BulkheadOptions) => Subject,
  parameters: { numRuns: number; seed?: number; endOnFailure?: boolean },
) {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 4 }),
    fc.nat(5),
    fc.array(steps, { maxLength: 50, size: 'max' }),
    async (maxRunning, maxQueued, course) => play(create({ maxRunning, maxQueued }), { maxRunning, maxQueued, course }),
  );
  return fc.check(property, parameters);
}

describe('Bulkhead in any course of arrivals, departures and aborts', () => {
  it('runs, queues and turns away the same ones as two lists would', async () => {
    const details = await check(createBulkhead, { numRuns: 200 });
    expect(details.failed ? fc.defaultReportMessage(details) : undefined).toBeUndefined();
  });

  it.each<[string, (options: BulkheadOptions) => Subject]>([
    ['lets one more run', ({ maxRunning, maxQueued }) => createBulkhead({ maxRunning: maxRunning + 1, maxQueued })],
    ['lets one more wait', ({ maxRunning, maxQueued }) => createBulkhead({ maxRunning, maxQueued: maxQueued + 1 })],
    [
      'does not listen to the signal',
      (options) => {
        const bulkhead = createBulkhead(options);
        return { acquire: async () => bulkhead.acquire(), tryAcquire: () => bulkhead.tryAcquire() };
      },
    ],
  ])('finds the bulkhead that %s', async (_mistake, create) => {
    expect((await check(create, { numRuns: 1000, seed: 1, endOnFailure: true })).failed).toBe(true);
  });
});
