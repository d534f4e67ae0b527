import { execFile } from 'node:child_process';

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A container engine; podman and docker take the same arguments for all that is done here. */
export interface Engine {
  readonly name: 'podman' | 'docker';
  /** Runs a command to its end, whatever that is. */
  try(...args: readonly string[]): Promise<CommandResult>;
  /** Runs a command that has to succeed, and gives back what it printed. */
  run(...args: readonly string[]): Promise<string>;
}

/** The engine of this machine, or `undefined` where neither podman nor docker answers. */
export async function findEngine(): Promise<Engine | undefined> {
  for (const name of ['podman', 'docker'] as const) {
    // Asks the daemon too: a client alone cannot run anything.
    const { exitCode } = await execute(name, ['info']);
    if (exitCode === 0) return createEngine(name);
  }
  return undefined;
}

function createEngine(name: Engine['name']): Engine {
  const attempt: Engine['try'] = (...args) => execute(name, args);
  return {
    name,
    try: attempt,
    async run(...args) {
      const { exitCode, stdout, stderr } = await attempt(...args);
      if (exitCode !== 0) throw new Error(`${name} ${args.join(' ')} exited with ${exitCode}:\n${stdout}${stderr}`);
      return stdout.trim();
    },
  };
}

function execute(command: string, args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(command, [...args], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : 127;
      resolve({ exitCode: error === null ? 0 : exitCode, stdout, stderr });
    });
  });
}
