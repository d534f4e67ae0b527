import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../apps/server/dist/cli/bin.js', import.meta.url));

/** Runs the `postrider` command as an operator would, and resolves with what it printed; rejects when it fails. */
export function runCommand(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: process.env['PATH'], ...environment }, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`postrider ${args.join(' ')} failed: ${stdout}${stderr}`, { cause: error }));
    });
  });
}
