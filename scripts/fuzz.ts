/**
 * Sends made-up requests to a server for as long as you like: `pnpm fuzz --seconds 300 --seed 1 --storage SQLite`. What
 * fails is shrunk and printed with its seed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './workspace.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    storage: { type: 'string' },
  },
});
const storage = values.storage === undefined ? [] : ['-t', `made-up requests on ${values.storage}`];
const { status } = spawnSync('pnpm', ['exec', 'vitest', 'run', 'test/fuzz', ...storage], {
  cwd: join(root, 'apps/server'),
  env: {
    ...process.env,
    FUZZ_SECONDS: values.seconds,
    ...(values.seed !== undefined && { FUZZ_SEED: values.seed }),
  },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
