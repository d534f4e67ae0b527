import { measureInTurn, type ScenarioContext } from '../run/context.ts';
import { products } from '../systems/systems.ts';
import type { System, SystemName } from '../systems/system.ts';
import { chooseRate } from './choose-rate.ts';
import { createStage, healthyApplications, publishRound } from './publish-round.ts';
import { throughputColumns, type Column, type Scenario } from './scenario.ts';

const ours: readonly SystemName[] = ['null', ...products];
const others: readonly SystemName[] = ['bare', 'bullmq', 'bullmq-fed', 'pg-boss', 'graphile-worker', 'external'];
const columns: readonly Column[] = throughputColumns.map((column) =>
  column.metric === 'deliveriesPerSecond' ? { ...column, ratioTo: 'null' } : column,
);

/** Messages per round: slow systems get fewer, or a round would last for minutes. */
const messagesOf = (context: ScenarioContext, { share }: System, of = context.scale.messages): number =>
  Math.max(1, Math.round(of * share));

export const endToEnd: Scenario = {
  name: 'end-to-end',
  title: 'End to end, closed loop',
  about:
    'Every publisher sends its next message when it has the answer to the last one. A round lasts from the first publish to the last arrival, so that nothing can be put off.',
  columns,
  run: (context) =>
    measureInTurn(context, {
      systems: [...ours, ...others],
      prepare: (running) => createStage(running, healthyApplications(context.receiver, context.scale.applications)),
      measure: async (stage, system) => ({
        [system.name]: await publishRound(context, stage, {
          ...context.scale,
          messages: messagesOf(context, system),
        }),
      }),
    }),
};

export const offeredRate: Scenario = {
  name: 'offered-rate',
  title: 'End to end at a fixed rate',
  about:
    'Messages come evenly spread, whether or not earlier ones were answered: half of what the closed loop reached in the same run. A publish that had to wait for a free connection counts from when it was due.',
  columns: [{ metric: 'arrivalP99Ms', label: 'arrival p99 ms', digits: 1 }, ...throughputColumns, rateColumn()],
  run: (context) =>
    measureInTurn(context, {
      systems: [...ours, 'external'],
      prepare: (running) => createStage(running, healthyApplications(context.receiver, context.scale.applications)),
      measure: async (stage, { name }) => {
        const ratePerSecond = chooseRate(context, name);
        const messages = Math.max(1, Math.round(ratePerSecond * context.scale.offeredSeconds));
        const measured = await publishRound(context, stage, { ...context.scale, messages, ratePerSecond });
        return { [name]: { ...measured, offeredPerSecond: ratePerSecond } };
      },
    }),
};

export const fanOut: Scenario = {
  name: 'fan-out',
  title: 'Fan-out: one message, many endpoints',
  about: 'Every application has 50 endpoints, and every message goes to all of them. Figures are per delivery.',
  columns,
  run: (context) =>
    measureInTurn(context, {
      systems: ours,
      prepare(running) {
        const { applications, fanOutEndpoints } = context.scale;
        const urls = Array.from({ length: applications }, (_, application) =>
          Array.from({ length: fanOutEndpoints }, (__, n) => context.receiver.url(application * fanOutEndpoints + n)),
        );
        return createStage(running, urls);
      },
      measure: async (stage, system) => {
        const messages = Math.ceil((2 * messagesOf(context, system)) / context.scale.fanOutEndpoints);
        return { [system.name]: await publishRound(context, stage, { ...context.scale, messages }) };
      },
    }),
};

export const slowReceivers: Scenario = {
  name: 'slow-receivers',
  title: 'Slow receivers',
  about:
    'Every endpoint takes 200 ms to answer, so that hundreds of requests must be under way at once. The ceiling is the same load on the null storage.',
  columns,
  run: (context) =>
    measureInTurn(context, {
      systems: ours,
      prepare(running) {
        const { slowEndpoints, slowDelayMs: delayMs } = context.scale;
        const urls = Array.from({ length: slowEndpoints }, (_, n) => [context.receiver.url(n, { delayMs })]);
        return createStage(running, urls);
      },
      measure: async (stage, { name }) => ({
        [name]: await publishRound(context, stage, { ...context.scale, connections: context.scale.slowConnections }),
      }),
    }),
};

export const largePayloads: Scenario = {
  name: 'large-payloads',
  title: 'Large payloads',
  about: 'The closed loop with payloads of 500 bytes, 20 kB and 200 kB; a row is a system and a size in bytes.',
  columns: [...throughputColumns, { metric: 'megabytesPerSecond', label: 'MB/s', digits: 1 }],
  run: (context) =>
    measureInTurn(context, {
      systems: ours,
      prepare: (running) => createStage(running, healthyApplications(context.receiver, context.scale.applications)),
      async measure(stage, system) {
        const rows: Record<string, Awaited<ReturnType<typeof publishRound>>> = {};
        for (const payloadBytes of context.scale.largePayloadBytes) {
          // As many bytes for every size, within reason.
          const part = payloadBytes < 10_000 ? 0.5 : payloadBytes < 100_000 ? 0.2 : 0.04;
          const messages = messagesOf(context, system, context.scale.messages * part);
          const measured = await publishRound(context, stage, { ...context.scale, payloadBytes, messages });
          const megabytesPerSecond = ((measured['deliveriesPerSecond'] ?? 0) * payloadBytes) / 1e6;
          rows[`${system.name} ${payloadBytes}`] = { ...measured, megabytesPerSecond };
        }
        return rows;
      },
    }),
};

function rateColumn(): Column {
  return { metric: 'offeredPerSecond', label: 'offered/s' };
}
