import assert from 'node:assert/strict';
import { World } from './conformance-case.js';
import { breakingGroup } from './groups/breaking.js';
import { limitingGroup } from './groups/limiting.js';
import { probingGroup } from './groups/probing.js';
import { rejoiningGroup } from './groups/rejoining.js';
import { sharingGroup } from './groups/sharing.js';
import type { SharedStateHarness, SuiteRunner } from './shared-state-harness.js';

/**
 * Describes the rules of the `SharedState` port as tests of the given runner: an adapter is one that passes. Call it once
 * per adapter and mode, at the top of a test file.
 */
export function describeSharedStateConformance(harness: SharedStateHarness, runner: SuiteRunner): void {
  const groups = [breakingGroup, probingGroup, rejoiningGroup, limitingGroup];
  runner.describe(`shared state conformance: ${harness.name}`, () => {
    runner.afterAll(() => harness.close());
    runner.it('declares the capabilities that the harness expects', async () => {
      assert.deepEqual((await harness.create()).capabilities, harness.capabilities);
    });
    for (const { name, cases } of harness.capabilities.shared ? [...groups, sharingGroup] : groups) {
      runner.describe(name, () => {
        for (const { name: rule, run } of cases) {
          runner.it(rule, async () => run(new World(await harness.create(), harness)));
        }
      });
    }
  });
}
