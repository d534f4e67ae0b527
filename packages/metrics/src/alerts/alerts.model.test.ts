import { FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMetrics } from '../registry/metrics-registry.js';
import { createAlerts } from './alerts.js';

interface Sample {
  readonly atMs: number;
  readonly value: number;
}

/** What the rules say about a level, told from the whole history instead of a state. */
function isDue(history: readonly Sample[], level: number, forMs: number): boolean {
  const lastCalm = history.findLastIndex(({ value }) => value <= level);
  const exceeding = history.slice(lastCalm + 1);
  const [first] = exceeding;
  const last = exceeding.at(-1);
  return first !== undefined && last !== undefined && last.atMs - first.atMs >= forMs;
}

const warning = 100;
const critical = 200;

interface Model {
  readonly state: 'quiet' | 'warning' | 'critical';
  /** What was seen since the last alert resolved. */
  readonly history: readonly Sample[];
}

function createModel({ forMs, calmValue }: { readonly forMs: number; readonly calmValue: number }) {
  return ({ state, history: past }: Model, sample: Sample): Model => {
    const history = [...past, sample];
    if (state !== 'quiet' && sample.value <= calmValue) return { state: 'quiet', history: [] };
    if (state === 'critical' || isDue(history, critical, forMs)) return { state: 'critical', history };
    return { state: state === 'warning' || isDue(history, warning, forMs) ? 'warning' : 'quiet', history };
  };
}

/** What must be heard when the state changes from one to another. */
const transitions: Readonly<Record<string, readonly string[]>> = {
  'quiet quiet': [],
  'warning warning': [],
  'critical critical': [],
  'quiet warning': ['raised'],
  'quiet critical': ['raised'],
  'warning critical': ['escalated'],
  'warning quiet': ['resolved'],
  'critical quiet': ['resolved'],
};

it('an alert is raised exactly when due, never twice, escalates at most once, and always resolves after recovery', async () => {
  const looks = fc.array(
    fc.record({
      // Around the levels and the end of the hysteresis, where mistakes would hide.
      value: fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(89, 90, 91, 100, 101, 200, 201)),
      afterMs: fc.constantFrom(0, 1, 5000, 10_000, 29_999, 30_000, 60_000),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 60 },
  );
  const settings = fc.record({ forSeconds: fc.constantFrom(0, 10, 30, 60), hysteresis: fc.constantFrom(0, 0.1, 0.5) });
  await fc.assert(
    fc.asyncProperty(looks, settings, async (given, { forSeconds, hysteresis }) => {
      const clock = new FakeClock();
      const metrics = createMetrics({ clock });
      const queue = metrics.gauge('webhook_queue_size', { state: 'due' });
      const heard: string[] = [];
      const alerts = createAlerts({
        clock,
        reader: metrics,
        thresholds: [
          { id: 'queue', metric: 'webhook_queue_size', statistic: 'latest', warning, critical, forSeconds, hysteresis },
        ],
        channels: [{ name: 'test', notify: async ({ kind, alert }) => void heard.push(`${kind} ${alert.id}`) }],
      });

      let model: Model = { state: 'quiet', history: [] };
      const look = createModel({ forMs: forSeconds * 1000, calmValue: warning * (1 - hysteresis) });
      // Enough calm at the end for everything to resolve.
      for (const { value, afterMs, times } of [...given, { value: 0, afterMs: 0, times: 1 }]) {
        await clock.advance(afterMs);
        queue.set(value);
        const events = (await Promise.all(Array.from({ length: times }, async () => alerts.evaluate()))).flat();
        const kinds = events.map(({ kind }) => kind);

        const before = model.state;
        model = look(model, { value, atMs: clock.monotonicMs() });
        expect(kinds).toEqual(transitions[`${before} ${model.state}`] ?? [`no way from ${before} to ${model.state}`]);
        expect(alerts.active().map(({ severity }) => severity)).toEqual(model.state === 'quiet' ? [] : [model.state]);
      }

      expect(alerts.active()).toEqual([]);
      expect(new Set(heard).size).toBe(heard.length);
      const raised = heard.filter((line) => line.startsWith('raised')).map((line) => line.split(' ')[1]);
      const resolved = heard.filter((line) => line.startsWith('resolved')).map((line) => line.split(' ')[1]);
      expect(resolved).toEqual(raised);
    }),
    { numRuns: 100 },
  );
});
