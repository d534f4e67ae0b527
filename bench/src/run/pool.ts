import type { RunningSystem, System, SystemName } from '../systems/system.ts';

/** The systems that run. */
export interface SystemPool {
  /** Starts the system, or answers the one that runs. */
  start(system: System): Promise<RunningSystem>;
  /** A scenario is over: its systems are stopped, unless they are kept for the next one. */
  endScenario(): Promise<void>;
  stop(): Promise<void>;
}

/** With `keep` a system serves all scenarios, for runs in which time matters more than a clean start. */
export function createPool({ keep }: { keep: boolean }): SystemPool {
  const running = new Map<SystemName, Promise<RunningSystem>>();
  const stop = async (): Promise<void> => {
    const all = [...running.values()];
    running.clear();
    await Promise.all(all.map(async (starting) => (await starting.catch(() => undefined))?.stop()));
  };
  return {
    start(system) {
      const started = running.get(system.name) ?? system.start();
      running.set(system.name, started);
      return started;
    },
    endScenario: async () => {
      if (!keep) await stop();
    },
    stop,
  };
}
