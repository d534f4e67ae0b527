import { setTimeout as sleep } from 'node:timers/promises';
import { measureInTurn, type Measurement, type ScenarioContext } from '../run/context.ts';
import { quantile } from '../statistics.ts';
import { products } from '../systems/systems.ts';
import { createStage, healthyApplications, publish, publishRound, type Stage } from './publish-round.ts';
import type { Scenario } from './scenario.ts';

const sampleEveryMs = 250;
const megabyte = 1024 * 1024;

export const overload: Scenario = {
  name: 'overload',
  title: 'Overload',
  about:
    'Far more publishers than the server has room for, each of which tries again at once whatever it is told. Then they stop: the backlog must go, and a calm round must be as quick as one before. Accepted messages that never arrived are counted as lost.',
  columns: [
    { metric: 'acceptedPerSecond', label: 'accepted/s' },
    { metric: 'refusedShare', label: 'refused share', digits: 2 },
    { metric: 'refusedWithoutHint', label: 'without retry-after' },
    { metric: 'otherAnswers', label: 'other answers' },
    { metric: 'publishP99Ms', label: 'accepted p99 ms', digits: 0 },
    { metric: 'largestResidentMb', label: 'largest RSS MB' },
    { metric: 'recoveryMs', label: 'backlog gone after ms' },
    { metric: 'calmRatio', label: 'calm p99, after ÷ before', digits: 2 },
    { metric: 'lost', label: 'lost' },
  ],
  run: (context) =>
    measureInTurn(context, {
      systems: products,
      rounds: 1,
      warmUp: false,
      prepare: (running) => createStage(running, healthyApplications(context.receiver, context.scale.applications)),
      measure: async (stage, { name }) => ({ [name]: await overwhelm(context, stage) }),
    }),
};

async function overwhelm(context: ScenarioContext, stage: Stage): Promise<Measurement> {
  const { scale, receiver } = context;
  const timeoutMs = (scale.overloadSeconds + scale.patienceSeconds) * 1_000;
  await calm(context, stage); // warm up
  const before = await calm(context, stage);
  const watched = watchMemory(stage);
  const begun = receiver.begin({ expect: Number.POSITIVE_INFINITY, timeoutMs });
  const load = await publish(stage, {
    messages: Number.POSITIVE_INFINITY,
    connections: scale.overloadConnections,
    payloadBytes: scale.payloadBytes,
    durationMs: scale.overloadSeconds * 1_000,
  });
  const arrivals = await receiver.goOn({ expect: load.accepted, timeoutMs: scale.patienceSeconds * 1_000 });
  await begun;
  const largestResidentMb = (await watched.stop()) / megabyte;
  const after = await calm(context, stage);
  const answers = Object.values(load.statuses).reduce((sum, count) => sum + count, 0);
  const lost = load.acceptedNumbers.reduce(
    (sum, accepted, n) => sum + (accepted === 1 && arrivals.messages[n] !== 1 ? 1 : 0),
    0,
  );
  return {
    acceptedPerSecond: load.accepted / scale.overloadSeconds,
    refusedShare: load.refused / answers,
    refusedWithoutHint: load.refusedWithoutHint,
    otherAnswers: answers - load.accepted - load.refused,
    publishP99Ms: quantile(load.latenciesMs, 0.99),
    largestResidentMb,
    recoveryMs: Math.max(0, arrivals.lastArrivalMs - load.lastAnswerMs),
    calmRatio: after / before,
    lost,
  };
}

/** The p99 of publishing when a few do it. */
async function calm(context: ScenarioContext, stage: Stage): Promise<number> {
  const messages = Math.ceil(context.scale.messages / 5);
  const measured = await publishRound(context, stage, { ...context.scale, messages, connections: 8 });
  return measured['publishP99Ms'] ?? Number.NaN;
}

/** The most memory between now and `stop`, in bytes. */
function watchMemory({ running }: Stage): { stop(): Promise<number> } {
  let isWatching = true;
  const largest = (async () => {
    let bytes = 0;
    while (isWatching) {
      bytes = Math.max(bytes, running.residentBytes());
      await sleep(sampleEveryMs);
    }
    return bytes;
  })();
  return {
    stop() {
      isWatching = false;
      return largest;
    },
  };
}
