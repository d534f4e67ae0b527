import { readdirSync, readFileSync } from 'node:fs';

const clockTicksPerSecond = 100;

/** User and system time of a process since its start, in microseconds. `NaN` where there is no /proc. */
export function cpuMicroseconds(pid: number): number {
  return readCpu(pid).own;
}

/** Resident memory of a process, in bytes. `NaN` where there is no /proc. */
export function residentBytes(pid: number): number {
  const status = read(`/proc/${pid}/status`) ?? '';
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) * 1024;
}

/**
 * Time of all processes of this name on the machine, those included that ended as children of others of the name, in
 * microseconds: what a database server uses, whoever asks it. `NaN` when there is none.
 */
export function cpuMicrosecondsByName(name: string): number {
  const usages = listPids().flatMap((pid) => {
    const isNamed = read(`/proc/${pid}/comm`)?.trim() === name;
    return isNamed ? [readCpu(pid)] : [];
  });
  return usages.length === 0 ? Number.NaN : usages.reduce((sum, { own, children }) => sum + own + children, 0);
}

function listPids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function readCpu(pid: number): { readonly own: number; readonly children: number } {
  const fields = read(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ') ?? [];
  const microseconds = (from: number): number =>
    ((Number(fields[from]) + Number(fields[from + 1])) * 1_000_000) / clockTicksPerSecond;
  return { own: microseconds(11), children: microseconds(13) };
}

/** `undefined` when the process has gone meanwhile. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
