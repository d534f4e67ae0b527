/**
 * The whole test suite, as `npm test` and CI run it: build, static checks, then every test of every package. All of
 * it runs even if a part fails; the last line counts checks and tests together.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './workspace.ts';
import { verify } from './verify.ts';

// A slow machine must not fail a test: time is not what they test. Two files at a time, also where there are two cores
// and vitest would run one: tests of real processes mostly wait. Given here, because projects do not inherit it.
const vitest = ['exec', 'vitest', 'run', '--maxWorkers=2', '--testTimeout=120000', '--hookTimeout=60000'];

const totals = { passed: 0, failed: 0, skipped: 0 };

if (await succeeds(['run', 'build'])) {
  const verdict = await verify();
  totals.passed += verdict.passed;
  totals.failed += verdict.failed.length;
  await runTests();
} else {
  totals.failed += 1;
}

const skipped = totals.skipped > 0 ? `, ${String(totals.skipped)} skipped` : '';
console.log(`\n${String(totals.passed)} passed, ${String(totals.failed)} failed${skipped}`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function runTests(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'postrider-summary-'));
  const summaryFile = join(directory, 'summary.json');
  const ended = await succeeds(vitest, { POSTRIDER_TEST_SUMMARY: summaryFile });
  // Written by the reporter in test/support; vitest that died before it wrote has failed.
  const summary = existsSync(summaryFile)
    ? (JSON.parse(readFileSync(summaryFile, 'utf8')) as typeof totals)
    : { passed: 0, failed: 1, skipped: 0 };
  rmSync(directory, { recursive: true });
  totals.passed += summary.passed;
  totals.skipped += summary.skipped;
  totals.failed += !ended && summary.failed === 0 ? 1 : summary.failed;
}

async function succeeds(command: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('pnpm', command, { cwd: root, stdio: 'inherit', env: { ...process.env, ...variables } });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
