import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { serviceVariables, skipLogVariable, type ServiceName } from './services.ts';

/** The variable that names the file into which the reporter writes a `TestSummary` as JSON. */
export const summaryVariable = 'POSTRIDER_TEST_SUMMARY';

/** What a run of vitest came to. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const slowestShown = 10;
/** Below that a list of the slowest files says nothing. */
const slowFromMs = 5_000;

/**
 * Closes a run with the files that took longest, which is where to look when it gets slow, and with the services that
 * tests went without, so that a skip is never silent.
 */
export default class ServiceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    printSlowest(modules);
    const skippedFiles = readSkippedFiles();
    for (const [service, files] of skippedFiles) {
      console.log(`\nSkipped for want of ${service}: ${files.join(', ')}`);
      console.log(`  To run them start ${service} on its usual port, or set ${serviceVariables[service]} to its URL.`);
    }
    const summaryFile = process.env[summaryVariable];
    if (summaryFile !== undefined) {
      writeFileSync(summaryFile, JSON.stringify(summarize(modules, unhandledErrors.length)));
    }
  }
}

function printSlowest(modules: readonly TestModule[]): void {
  const slow = modules
    .map((module) => ({ file: relative(process.cwd(), module.moduleId), tookMs: durationOf(module) }))
    .filter(({ tookMs }) => tookMs >= slowFromMs)
    .sort((a, b) => b.tookMs - a.tookMs)
    .slice(0, slowestShown);
  for (const { file, tookMs } of slow) console.log(`${(tookMs / 1_000).toFixed(0).padStart(6)} s  ${file}`);
}

function durationOf(module: TestModule): number {
  const { duration, collectDuration, setupDuration, prepareDuration } = module.diagnostic();
  return duration + collectDuration + setupDuration + prepareDuration;
}

function summarize(modules: readonly TestModule[], unhandledErrorCount: number): TestSummary {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
  // A file or a hook that fails beside its tests must not be lost, nor an error outside of every test.
  const failedElsewhere = modules.filter(
    (module) => !module.ok() && [...module.children.allTests('failed')].length === 0,
  ).length;
  return {
    passed: count('passed'),
    failed: count('failed') + failedElsewhere + unhandledErrorCount,
    skipped: count('skipped') + count('pending'),
  };
}

function readSkippedFiles(): ReadonlyMap<ServiceName, readonly string[]> {
  const log = process.env[skipLogVariable];
  if (log === undefined || !existsSync(log)) return new Map();
  const entries = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { service: ServiceName; testFileUrl: string });
  const byService = Map.groupBy(entries, ({ service }) => service);
  return new Map(
    [...byService].map(([service, found]) => [
      service,
      [...new Set(found.map(({ testFileUrl }) => relative(process.cwd(), fileURLToPath(testFileUrl))))],
    ]),
  );
}
