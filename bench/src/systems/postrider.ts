import { createDeployment, type StorageKind } from './deployment.ts';
import { cpuMicroseconds, cpuMicrosecondsByName, residentBytes } from './process-usage.ts';
import type { RunningSystem, System } from './system.ts';

/** Our own server on a storage, as a user would run it: everything is on. */
export function postrider(
  storage: StorageKind,
  options: Omit<System, 'start' | 'share' | 'deployment'> & { processes: number },
): System {
  const { processes, ...description } = options;
  const deployment = { storage, processes };
  return { ...description, share: 1, deployment, start: () => startPostrider(storage, { processes }) };
}

/** So many processes on an empty storage of their own; variables are added to their environment. */
export async function startPostrider(
  kind: StorageKind,
  { processes, variables = {} }: { processes: number; variables?: Readonly<Record<string, string>> },
): Promise<RunningSystem> {
  const deployment = await createDeployment(kind);
  try {
    const servers = [await deployment.start(variables)];
    while (servers.length < processes) servers.push(await deployment.start(variables));
    const sum = (of: (pid: number) => number) => servers.reduce((total, { pid }) => total + of(pid), 0);
    return {
      servers,
      residentBytes: () => sum(residentBytes),
      nodeCpuMicroseconds: () => sum(cpuMicroseconds),
      databaseCpuMicroseconds: () => (kind === 'postgres' ? cpuMicrosecondsByName('postgres') : Number.NaN),
      stop: () => deployment.remove(),
    };
  } catch (error) {
    await deployment.remove();
    throw error;
  }
}
