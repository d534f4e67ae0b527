import { countDeliveries } from '../load/contract.ts';
import type { ScenarioContext } from '../run/context.ts';
import type { StorageName } from '../systems/open-storage.ts';
import { startPostrider } from '../systems/postrider.ts';
import type { RunningSystem } from '../systems/system.ts';
import { createStage, healthyApplications, publishRound, type Stage } from './publish-round.ts';
import type { Scenario } from './scenario.ts';

type Side = 'with' | 'without';

const withoutRollups = new URL('../systems/without-rollups.ts', import.meta.url).href;
const variables: Readonly<Record<Side, Readonly<Record<string, string>>>> = {
  with: {},
  without: { NODE_OPTIONS: `--import=${withoutRollups}` },
};

export const rollupCost: Scenario = {
  name: 'rollup-cost',
  title: 'What rollups cost',
  about:
    'The closed loop on a server as it is and on one in which the benchmark has switched rollups off, in turn; which of the two is first changes from round to round. The ratio is of the two rounds of a pair. A row is a system and how many endpoints the messages go to in turn: rollups have a row per endpoint.',
  columns: [
    { metric: 'ratio', label: '÷ without', digits: 3 },
    { metric: 'deliveriesPerSecond', label: 'deliveries/s' },
    { metric: 'withoutPerSecond', label: 'without/s' },
    { metric: 'nodeCpuUs', label: 'node CPU µs' },
    { metric: 'withoutNodeCpuUs', label: 'without µs' },
    { metric: 'lost', label: 'lost' },
  ],
  async run(context) {
    for (const { name } of context.choose(['sqlite', 'postgres'])) {
      for (const endpoints of context.scale.rollupEndpoints) {
        try {
          await measure(context, { name: name as StorageName, endpoints });
        } catch (error) {
          context.fail(`${name}, ${endpoints} endpoints`, error);
        }
      }
    }
  },
};

async function measure(context: ScenarioContext, of: { name: StorageName; endpoints: number }): Promise<void> {
  const running: RunningSystem[] = [];
  const start = async (side: Side): Promise<Stage> => {
    const system = await startPostrider(of.name, { processes: 1, variables: variables[side] });
    running.push(system);
    return createStage(system, healthyApplications(context.receiver, of.endpoints));
  };
  try {
    const stages = { with: await start('with'), without: await start('without') };
    const measureSide = (side: Side) => publishRound(context, stages[side], context.scale);
    for (const side of ['with', 'without'] as const) await measureSide(side);
    for (let round = 0; round < context.scale.rollupRounds; round += 1) {
      const first: Side = round % 2 === 0 ? 'with' : 'without';
      const earlier = await measureSide(first);
      const later = await measureSide(first === 'with' ? 'without' : 'with');
      const [on, off] = first === 'with' ? [earlier, later] : [later, earlier];
      context.record(`${of.name}, ${of.endpoints} endpoints`, {
        ...on,
        ratio: Number(on['deliveriesPerSecond']) / Number(off['deliveriesPerSecond']),
        withoutPerSecond: Number(off['deliveriesPerSecond']),
        withoutNodeCpuUs: Number(off['nodeCpuUs']),
        lost: Number(on['lost']) + Number(off['lost']),
      });
    }
    await expectRollups(stages);
  } finally {
    await Promise.all(running.map((system) => system.stop()));
  }
}

/** The comparison is worth nothing unless one side made rollups and the other made none. */
async function expectRollups(stages: Readonly<Record<Side, Stage>>): Promise<void> {
  for (const [side, { running }] of Object.entries(stages)) {
    const [server] = running.servers;
    if (server === undefined) throw new Error('No server was started.');
    const counted = await countDeliveries(server);
    if (counted > 0 !== (side === 'with')) throw new Error(`The server ${side} rollups counted ${counted} deliveries.`);
  }
}
