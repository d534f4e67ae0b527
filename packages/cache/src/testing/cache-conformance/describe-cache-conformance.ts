import assert from 'node:assert/strict';
import type { ConformanceRunner } from '@postrider/core/testing';
import type { CacheHarness } from './cache-harness.js';
import { createWorld, type ConformanceGroup } from './conformance-case.js';
import { abortingGroup } from './groups/aborting.js';
import { expiryGroup } from './groups/expiry.js';
import { invalidationGroup } from './groups/invalidation.js';
import { loadingGroup } from './groups/loading.js';
import { modelGroup } from './groups/model.js';
import { racesGroup } from './groups/races.js';
import { staleGroup } from './groups/stale.js';
import { statisticsGroup } from './groups/statistics.js';
import { valuesGroup } from './groups/values.js';

const groups: readonly ConformanceGroup[] = [
  valuesGroup,
  expiryGroup,
  invalidationGroup,
  loadingGroup,
  staleGroup,
  racesGroup,
  abortingGroup,
  statisticsGroup,
];

/**
 * Describes the rules of the `Cache` port as tests of the given runner: an adapter is one that passes. Call it once per
 * adapter and mode, at the top of a test file.
 */
export function describeCacheConformance(harness: CacheHarness, runner: ConformanceRunner): void {
  runner.describe(`cache conformance: ${harness.name}`, () => {
    runner.afterAll(() => harness.close());
    runner.it('declares the capabilities that the harness expects', async () => {
      assert.deepEqual((await harness.create()).capabilities, harness.capabilities);
    });
    for (const { name, cases } of [...groups, modelGroup(harness)]) {
      runner.describe(name, () => {
        for (const { name: rule, run } of cases) runner.it(rule, async () => run(await createWorld(harness)));
      });
    }
  });
}
