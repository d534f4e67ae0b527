import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

const examples = join(dirname(dirname(import.meta.dirname)), 'examples');

/** What an example did. */
export interface ExampleRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a script of `examples/` as its README says; its output has both streams. */
export async function runExample(
  file: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ExampleRun> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(examples, file)], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}
