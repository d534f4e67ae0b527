import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entry, namedPort } from '../../../test/support/plugins.js';
import { silentLogger } from '../../adapters/silent-logger.js';
import { isPostriderError } from '../../errors.js';
import { FakeClock } from '../../testing/fake-clock.js';
import type { PluginEntry } from './plugin-entry.js';
import { wirePlugins } from './wire-plugins.js';

/** How a start or a stop goes: after a while, and then well or badly; or never. */
type Course = { readonly kind: 'ends' | 'fails' | 'obeys' | 'hangs'; readonly delayMs: number };

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

const course = (kinds: readonly [Course['kind'], number][]) =>
  fc.record({
    kind: fc.oneof(...kinds.map(([kind, weight]) => ({ weight, arbitrary: fc.constant(kind) }))),
    delayMs: fc.integer({ min: 0, max: 60 }),
  });

const graph = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 9 }).chain((names) =>
  fc.tuple(
    ...names.map((name, index) =>
      fc.record({
        name: fc.constant(name),
        needs:
          index === 0
            ? fc.constant([])
            : fc.uniqueArray(fc.record({ index: fc.nat(index - 1), optional: fc.boolean() }), {
                maxLength: 3,
                selector: (need) => need.index,
              }),
        start: course([
          ['ends', 12],
          ['obeys', 3],
          ['fails', 1],
          ['hangs', 1],
        ]),
        stop: course([
          ['ends', 8],
          ['obeys', 1],
          ['fails', 1],
          ['hangs', 1],
        ]),
        tolerated: fc.boolean(),
      }),
    ),
  ),
);

/** When to stop, in ms after the start: several callers may ask. */
const stops = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 3 });

function isTolerated(nodes: readonly Node[], index: number): boolean {
  const isRequired = nodes.some((node) => node.needs.some((need) => need.index === index && !need.optional));
  return (nodes[index] as Node).tolerated && !isRequired;
}

function toEntries(nodes: readonly Node[], clock: FakeClock, events: Event[]): PluginEntry[] {
  const record = (what: Event['what'], name: string) => void events.push({ what, name, atMs: clock.monotonicMs() });
  const run = async (how: Course, signal: AbortSignal): Promise<void> => {
    if (how.kind === 'hangs') return new Promise(() => undefined);
    await clock.sleep({ delayMs: how.delayMs, signal: how.kind === 'obeys' ? signal : undefined });
    if (how.kind === 'fails') throw new Error('as planned');
  };
  return nodes.map((node, index) => {
    const named = (optional: boolean) =>
      Object.fromEntries(
        node.needs
          .filter((need) => need.optional === optional)
          .map((need) => [`p${need.index}`, namedPort(`p${need.index}`)]),
      );
    return entry(
      {
        name: node.name,
        provides: [namedPort(`p${index}`)],
        requires: named(false),
        optional: named(true),
        start: async ({ signal }) => {
          record('starting', node.name);
          try {
            await run(node.start, signal);
            record('started', node.name);
          } catch (error) {
            record('start failed', node.name);
            throw error;
          }
        },
        stop: async ({ signal }) => {
          record('stopping', node.name);
          try {
            await run(node.stop, signal);
            record('stopped', node.name);
          } catch (error) {
            record('stop failed', node.name);
            throw error;
          }
        },
      },
      { onBootFailure: isTolerated(nodes, index) ? 'continue' : 'abort' },
    );
  });
}

describe('any graph of plugins, with any failures and stops at any time', () => {
  it('keeps the promises of the lifecycle', async () => {
    await fc.assert(
      fc.asyncProperty(graph, stops, async (nodes, stopsAtMs) => {
        const clock = new FakeClock();
        const events: Event[] = [];
        const plugins = toEntries(nodes, clock, events);
        const kernel = await wirePlugins({ plugins, clock, logger: silentLogger, stopTimeoutMs });
        const at = (what: Event['what'], name: string) =>
          events.findIndex((event) => event.what === what && event.name === name);

        const count = (what: Event['what'], name: string) =>
          events.filter((event) => event.what === what && event.name === name).length;
        const starting = kernel.start().then(
          () => 'started',
          (error: unknown) => {
            // By the time the failure is known, everything has been stopped.
            for (const { name } of nodes) expect(count('stopping', name)).toBe(count('starting', name));
            return isPostriderError(error) ? error.code : error;
          },
        );
        const stopping = stopsAtMs.map((delayMs) => clock.sleep({ delayMs }).then(() => kernel.stop()));
        await clock.advance(nodes.length * 2 * stopTimeoutMs + stopTimeoutMs + 400);
        const results = await Promise.all(stopping);
        const outcome = await starting;

        for (const result of results) expect(result).toBe(results[0]);
        expect(['started', 'PLUGIN_START_FAILED', 'PLUGIN_START_ABORTED', 'PLUGIN_STATE_INVALID']).toContain(outcome);
        expect(clock.pendingTimers).toBe(0);

        const firstStopMs = Math.min(...stopsAtMs);
        const begun = nodes.filter((node) => at('starting', node.name) !== -1);
        for (const event of events) {
          // Nothing starts once a stop was asked for.
          if (event.what === 'starting') expect(event.atMs).toBeLessThanOrEqual(firstStopMs);
        }
        if (outcome === 'started') {
          for (const [index, node] of nodes.entries()) {
            expect(at('started', node.name) !== -1 || isTolerated(nodes, index)).toBe(true);
          }
        }
        if (outcome === 'PLUGIN_START_FAILED') {
          expect(nodes.some((node, index) => at('start failed', node.name) !== -1 && !isTolerated(nodes, index))).toBe(
            true,
          );
        }
        for (const node of nodes) {
          // Exactly one stop for each start, and none without.
          expect(count('starting', node.name)).toBeLessThanOrEqual(1);
          expect(count('stopping', node.name)).toBe(count('starting', node.name));
        }
        for (const node of begun) {
          for (const { index } of node.needs) {
            const needed = nodes[index] as Node;
            // What it depends on was up, or had failed and was tolerated, before it started.
            const settled = Math.max(at('started', needed.name), at('start failed', needed.name));
            expect(settled).toBeGreaterThan(-1);
            expect(settled).toBeLessThan(at('starting', node.name));
            if (at('started', needed.name) === -1) continue;
            // It is stopped, or out of time, before what it depends on begins to stop.
            const ended = Math.max(at('stopped', node.name), at('stop failed', node.name));
            const neededStops = events[at('stopping', needed.name)] as Event;
            const ownStops = events[at('stopping', node.name)] as Event;
            if (neededStops.atMs - ownStops.atMs < stopTimeoutMs) expect(ended).toBeGreaterThan(-1);
            if (ended !== -1 && (events[ended] as Event).atMs < ownStops.atMs + stopTimeoutMs) {
              expect(ended).toBeLessThan(at('stopping', needed.name));
            }
          }
        }
        // The result names exactly those that failed or ran out of time.
        const failed = begun.filter((node) => node.stop.kind === 'fails' || node.stop.kind === 'hangs');
        const reported = (results[0]?.failures ?? []).map((failure) => failure.details?.['plugin']);
        expect([...reported].sort()).toEqual(failed.map((node) => node.name).sort());
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
