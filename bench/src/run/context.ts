import type { Receiver } from '../receiver/receiver.ts';
import type { RunningSystem, System, SystemName } from '../systems/system.ts';
import type { RunResult } from './results.ts';
import type { Scale } from './scale.ts';

/** One sample of each metric. */
export type Measurement = Readonly<Record<string, number>>;

/** What a scenario is given. */
export interface ScenarioContext {
  readonly scale: Scale;
  readonly receiver: Receiver;
  /** What came out so far: later scenarios ask earlier ones for the capacity. */
  readonly run: RunResult;
  /** Those of the names that are wanted and can run here. */
  choose(names: readonly SystemName[]): readonly System[];
  /** Started once per scenario; stopped at its end. */
  start(system: System): Promise<RunningSystem>;
  record(row: string, measurement: Measurement): void;
  /** The row goes on without this system; the others are not disturbed. */
  fail(row: string, error: unknown): void;
}

/** What a scenario makes of its systems and does with each. */
export interface TurnPlan<Stage> {
  readonly systems: readonly SystemName[];
  /** Default: the scale's. */
  readonly rounds?: number | undefined;
  /** Default: a round that does not count. */
  readonly warmUp?: boolean | undefined;
  readonly prepare: (running: RunningSystem, system: System) => Promise<Stage>;
  /** One round; each entry of the answer is a row. */
  readonly measure: (stage: Stage, system: System) => Promise<Readonly<Record<string, Measurement>>>;
}

/**
 * Starts the systems and measures them in turn, round after round, so that what else the machine does meets all of
 * them. A system that fails is named in the result and left out of the further rounds.
 */
export async function measureInTurn<Stage>(context: ScenarioContext, plan: TurnPlan<Stage>): Promise<void> {
  const ready: { system: System; stage: Stage }[] = [];
  const failed = new Set<System>();
  const guard = async (system: System, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed.add(system);
      context.fail(system.name, error);
    }
  };
  for (const system of context.choose(plan.systems)) {
    await guard(system, async () => {
      ready.push({ system, stage: await plan.prepare(await context.start(system), system) });
    });
  }
  const first = plan.warmUp === false || context.scale.rounds === 1 ? 0 : -1;
  for (let round = first; round < (plan.rounds ?? context.scale.rounds); round += 1) {
    for (const { system, stage } of ready.filter((entry) => !failed.has(entry.system))) {
      await guard(system, async () => {
        const measured = await plan.measure(stage, system);
        if (round < 0) return;
        for (const [row, measurement] of Object.entries(measured)) context.record(row, measurement);
      });
    }
  }
}
