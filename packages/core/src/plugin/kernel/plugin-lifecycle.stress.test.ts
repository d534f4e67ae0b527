import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entry, namedPort } from '../../../test/support/plugins.js';
import { silentLogger } from '../../adapters/silent-logger.js';
import { isPostriderError } from '../../errors.js';
import { FakeClock } from '../../testing/fake-clock.js';
import type { PluginEntry } from './plugin-entry.js';
import { wirePlugins } from './wire-plugins.js';

/** How a start or a stop goes: after a while, and then well or badly; at once when told; or never. */
interface Course {
  readonly kind: 'ends' | 'fails' | 'obeys' | 'hangs';
  readonly delayMs: number;
}

interface Node {
  readonly name: string;
  /** Earlier nodes whose port it requires, and whether it can do without. */
  readonly needs: readonly { readonly index: number; readonly optional: boolean }[];
  readonly start: Course;
  readonly stop: Course;
  readonly tolerated: boolean;
}

interface Event {
  readonly what: 'starting' | 'started' | 'start failed' | 'stopping' | 'stopped' | 'stop failed';
  readonly name: string;
  readonly atMs: number;
}

const stopTimeoutMs = 100;

const course = (weights: Readonly<Record<Course['kind'], number>>) =>
  fc.record({
    kind: fc.oneof(
      ...(['ends', 'fails', 'obeys', 'hangs'] as const).map((kind) => ({
        weight: weights[kind],
        arbitrary: fc.constant(kind),
      })),
    ),
    delayMs: fc.integer({ min: 0, max: 60 }),
  });

const needs = (index: number) =>
  index === 0
    ? fc.constant([])
    : fc.uniqueArray(fc.record({ index: fc.nat(index - 1), optional: fc.boolean() }), {
        maxLength: 3,
        selector: (need) => need.index,
      });

const graph = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 9 }).chain((names) =>
  fc.tuple(
    ...names.map((name, index) =>
      fc.record({
        name: fc.constant(name),
        needs: needs(index),
        start: course({ ends: 12, obeys: 3, fails: 1, hangs: 1 }),
        stop: course({ ends: 8, obeys: 1, fails: 1, hangs: 1 }),
        tolerated: fc.boolean(),
      }),
    ),
  ),
);

/** When to stop, in ms after the start: several callers may ask. */
const stops = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 3 });

function isTolerated(nodes: readonly Node[], node: Node): boolean {
  const index = nodes.indexOf(node);
  return node.tolerated && !nodes.some(({ needs: all }) => all.some((need) => need.index === index && !need.optional));
}

function toEntries(nodes: readonly Node[], clock: FakeClock, events: Event[]): PluginEntry[] {
  const run = async (how: Course, signal: AbortSignal): Promise<void> => {
    if (how.kind === 'hangs') return new Promise(() => undefined);
    await clock.sleep({ delayMs: how.delayMs, signal: how.kind === 'obeys' ? signal : undefined });
    if (how.kind === 'fails') throw new Error('as planned');
  };
  const traced = async (name: string, phase: 'start' | 'stop', work: () => Promise<void>): Promise<void> => {
    const record = (what: Event['what']) => void events.push({ what, name, atMs: clock.monotonicMs() });
    record(phase === 'start' ? 'starting' : 'stopping');
    try {
      await work();
      record(phase === 'start' ? 'started' : 'stopped');
    } catch (error) {
      record(`${phase} failed`);
      throw error;
    }
  };
  return nodes.map((node, index) => {
    const ports = (optional: boolean) =>
      Object.fromEntries(
        node.needs
          .filter((need) => need.optional === optional)
          .map((need) => [`p${need.index}`, namedPort(`p${need.index}`)]),
      );
    return entry(
      {
        name: node.name,
        provides: [namedPort(`p${index}`)],
        requires: ports(false),
        optional: ports(true),
        start: ({ signal }) => traced(node.name, 'start', () => run(node.start, signal)),
        stop: ({ signal }) => traced(node.name, 'stop', () => run(node.stop, signal)),
      },
      { onBootFailure: isTolerated(nodes, node) ? 'continue' : 'abort' },
    );
  });
}

/** What happened, and when, by plugin. */
class History {
  readonly #events: readonly Event[];

  constructor(events: readonly Event[]) {
    this.#events = events;
  }

  /** Position among all events; -1 when it did not happen. */
  position(node: Node, ...kinds: readonly Event['what'][]): number {
    return this.#events.findIndex((event) => event.name === node.name && kinds.includes(event.what));
  }

  count(node: Node, what: Event['what']): number {
    return this.#events.filter((event) => event.name === node.name && event.what === what).length;
  }

  at(position: number): Event | undefined {
    return this.#events[position];
  }
}

/** Promises of the lifecycle that one plugin's history breaks. */
function violationsOf(node: Node, nodes: readonly Node[], history: History): string[] {
  const violations: string[] = [];
  const demand = (holds: boolean, promise: string) => {
    if (!holds) violations.push(`${node.name}: ${promise}`);
  };
  demand(history.count(node, 'starting') <= 1, 'starts at most once');
  demand(history.count(node, 'stopping') === history.count(node, 'starting'), 'stops exactly once if it was started');
  const starting = history.position(node, 'starting');
  if (starting === -1) return violations;

  const stopping = history.at(history.position(node, 'stopping'));
  const stopEnded = history.position(node, 'stopped', 'stop failed');
  for (const needed of node.needs.map(({ index }) => nodes[index] as Node)) {
    const settled = history.position(needed, 'started', 'start failed');
    demand(settled !== -1 && settled < starting, `starts only when the start of ${needed.name} has ended`);
    if (history.position(needed, 'started') === -1) continue;
    const neededStopping = history.position(needed, 'stopping');
    const waitedMs = (history.at(neededStopping)?.atMs ?? 0) - (stopping?.atMs ?? 0);
    const endedFirst = stopEnded !== -1 && stopEnded < neededStopping;
    demand(endedFirst || waitedMs >= stopTimeoutMs, `has stopped or run out of time before ${needed.name} stops`);
  }
  return violations;
}

/** Promises that the outcome of `start` breaks. */
function outcomeViolations(outcome: unknown, nodes: readonly Node[], history: History): string[] {
  const untolerated = nodes.filter((node) => !isTolerated(nodes, node));
  switch (outcome) {
    case 'started':
      return untolerated
        .filter((node) => history.position(node, 'started') === -1)
        .map((node) => `start resolved without ${node.name}`);
    case 'PLUGIN_START_FAILED':
      return untolerated.some((node) => history.position(node, 'start failed') !== -1)
        ? []
        : ['start failed needlessly'];
    case 'PLUGIN_START_ABORTED':
    case 'PLUGIN_STATE_INVALID':
      return [];
    default:
      return [`start ended with ${String(outcome)}`];
  }
}

describe('any graph of plugins, with any failures and stops at any time', () => {
  it('keeps the promises of the lifecycle', async () => {
    await fc.assert(
      fc.asyncProperty(graph, stops, async (nodes, stopsAtMs) => {
        const clock = new FakeClock();
        const events: Event[] = [];
        const history = new History(events);
        const plugins = toEntries(nodes, clock, events);
        const kernel = await wirePlugins({ plugins, clock, logger: silentLogger, stopTimeoutMs });

        let notYetStopped: readonly Node[] = [];
        const starting = kernel.start().then(
          () => 'started',
          (error: unknown) => {
            notYetStopped = nodes.filter((node) => history.count(node, 'starting') > history.count(node, 'stopping'));
            return isPostriderError(error) ? error.code : error;
          },
        );
        const stopping = stopsAtMs.map((delayMs) => clock.sleep({ delayMs }).then(() => kernel.stop()));
        await clock.advance((2 * nodes.length + 1) * stopTimeoutMs + 400);
        const results = await Promise.all(stopping);

        expect(new Set(results).size).toBe(1);
        expect(nodes.flatMap((node) => violationsOf(node, nodes, history))).toEqual([]);
        expect(outcomeViolations(await starting, nodes, history)).toEqual([]);
        // By the time a failed start is known, everything has been stopped.
        expect(notYetStopped).toEqual([]);
        // Nothing starts once a stop was asked for.
        const lateStarts = events.filter((event) => event.what === 'starting' && event.atMs > Math.min(...stopsAtMs));
        expect(lateStarts).toEqual([]);
        // The result names exactly those that failed to stop or ran out of time.
        const failed = nodes.filter(
          (node) => history.count(node, 'stopping') > 0 && ['fails', 'hangs'].includes(node.stop.kind),
        );
        const reported = (results[0]?.failures ?? []).map((failure) => String(failure.details?.['plugin']));
        expect(reported.sort()).toEqual(failed.map((node) => node.name).sort());
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
