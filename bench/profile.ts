/**
 * Where the time of a server goes under load: runs the closed loop against one that Node.js profiles, and prints the
 * share of each package or built-in in its samples that were not idle. The profile itself opens in the developer tools.
 *
 *   node bench/profile.ts sqlite --messages=30000 --functions=25
 */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startReceiver } from './src/receiver/receiver.ts';
import { createStage, healthyApplications, publish } from './src/scenarios/publish-round.ts';
import { createDeployment, type StorageKind } from './src/systems/deployment.ts';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: 'string', default: '30000' },
    connections: { type: 'string', default: '64' },
    'payload-bytes': { type: 'string', default: '500' },
    functions: { type: 'string', default: '25' },
  },
});
const [kind = 'sqlite'] = positionals;
const directory = await mkdtemp(join(tmpdir(), 'postrider-profile-'));
await load();
const file = (await readdir(directory)).find((name) => name.endsWith('.cpuprofile')) ?? '';
const profile = JSON.parse(await readFile(join(directory, file), 'utf8')) as Profile;
printShares('by package', (frame) => packageOf(frame.url), 20);
printShares(
  'by function',
  (frame) => `${frame.functionName || '(anonymous)'}  ${shorten(frame.url)}`,
  Number(values.functions),
);
console.log(`\nThe profile is ${join(directory, file)}.`);

async function load(): Promise<void> {
  const receiver = await startReceiver();
  const deployment = await createDeployment(kind as StorageKind);
  try {
    const server = await deployment.start({ NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${directory}` });
    const none = () => Number.NaN;
    const usage = { residentBytes: none, nodeCpuMicroseconds: none, databaseCpuMicroseconds: none };
    const running = { servers: [server], ...usage, stop: async () => undefined };
    const stage = await createStage(running, healthyApplications(receiver, 20));
    const messages = Number(values.messages);
    const arriving = receiver.begin({ expect: messages, timeoutMs: 120_000 });
    const connections = Number(values.connections);
    await publish(stage, { messages, connections, payloadBytes: Number(values['payload-bytes']) });
    await arriving;
  } finally {
    await deployment.remove();
    receiver.stop();
  }
}

function printShares(
  title: string,
  keyOf: (frame: Profile['nodes'][number]['callFrame']) => string,
  most: number,
): void {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const counts = new Map<string, number>();
  let busy = 0;
  for (const id of profile.samples) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === '(idle)') continue;
    busy += 1;
    counts.set(keyOf(frame), (counts.get(keyOf(frame)) ?? 0) + 1);
  }
  console.log(`\n${title}`);
  for (const [key, count] of [...counts].sort(([, a], [, b]) => b - a).slice(0, most)) {
    console.log(`${((count / busy) * 100).toFixed(1).padStart(6)} %  ${key}`);
  }
}

function packageOf(url: string): string {
  if (url === '') return '(native code and runtime)';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url)?.[1];
  return dependency ?? /\/((?:packages|plugins|apps)\/[^/]+)\//.exec(url)?.[1] ?? url;
}

function shorten(url: string): string {
  return url.split('/').slice(-3).join('/');
}
