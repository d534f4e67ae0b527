/**
 * Measures the whole pipeline (HTTP publish → durable 202 → signed delivery → recorded outcome) on each storage in
 * turn and prints medians and ratios to the null storage, which is the ceiling of everything but storage.
 *
 *   pnpm bench                    5 rounds of 10 000 messages on each storage
 *   pnpm bench --rounds=9 --messages=20000 --connections=64 --applications=20
 *   pnpm bench --soak-seconds=60  one storage at a time under load for so long, with its memory over time
 */
import { parseArgs } from 'node:util';
import { startPipeline, type Pipeline, type Round } from './src/pipeline.ts';
import { median } from './src/statistics.ts';
import { targets } from './src/targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    messages: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '64' },
    applications: { type: 'string', default: '20' },
    'soak-seconds': { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const rounds = Number(values.rounds);
const load = { messages: Number(values.messages), connections: Number(values.connections) };
const soakMs = Number(values['soak-seconds']) * 1000;
const megabyte = 1024 * 1024;

const pipelines: Pipeline[] = [];
for (const target of targets) {
  const isWanted = values.only === '' || values.only.split(',').includes(target.name);
  if (isWanted) pipelines.push(await startPipeline(target, Number(values.applications)));
}
try {
  if (soakMs > 0) await soak();
  else await compare();
} finally {
  for (const pipeline of pipelines) await pipeline.stop();
}

async function compare(): Promise<void> {
  const results = new Map<Pipeline, Round[]>();
  for (const pipeline of pipelines) await pipeline.run(load); // warm up
  for (let round = 0; round < rounds; round += 1) {
    for (const pipeline of pipelines) {
      results.set(pipeline, [...(results.get(pipeline) ?? []), await pipeline.run(load)]);
    }
  }
  const [first] = pipelines;
  const ceiling = median((first ? (results.get(first) ?? []) : []).map((round) => round.perSecond));
  console.table(
    Object.fromEntries(
      pipelines.map((pipeline) => {
        const own = results.get(pipeline) ?? [];
        const of = (pick: (round: Round) => number) => median(own.map(pick));
        const perSecond = own.map((round) => round.perSecond);
        return [
          pipeline.target.name,
          {
            'deliveries/s': Math.round(median(perSecond)),
            'min–max': `${Math.round(Math.min(...perSecond))}–${Math.round(Math.max(...perSecond))}`,
            'of ceiling': (median(perSecond) / ceiling).toFixed(2),
            '202 p50/p99 ms': `${of((r) => r.publishP50Ms).toFixed(1)}/${of((r) => r.publishP99Ms).toFixed(1)}`,
            'arrival p50/p99 ms': `${of((r) => r.arrivalP50Ms).toFixed(1)}/${of((r) => r.arrivalP99Ms).toFixed(1)}`,
            'node CPU µs': Math.round(of((r) => r.serverCpuMicrosecondsPerMessage)),
            'RSS idle/after MB': `${Math.round(pipeline.idleBytes / megabyte)}/${Math.round(of((r) => r.residentBytes) / megabyte)}`,
            duplicates: own.reduce((sum, round) => sum + round.duplicates, 0),
          },
        ];
      }),
    ),
  );
}

async function soak(): Promise<void> {
  for (const pipeline of pipelines) {
    const endMs = performance.now() + soakMs;
    const megabytes: number[] = [];
    let delivered = 0;
    while (performance.now() < endMs) {
      const round = await pipeline.run(load);
      delivered += load.messages;
      megabytes.push(Math.round(round.residentBytes / megabyte));
    }
    console.log(`${pipeline.target.name}: ${delivered} delivered, RSS MB after each round: ${megabytes.join(' ')}`);
  }
}
