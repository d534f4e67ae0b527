export { ManualClock } from './manual-clock.js';
export { describeSharedStateConformance } from './shared-state-conformance/describe-shared-state-conformance.js';
export type { SharedStateHarness, SuiteRunner } from './shared-state-conformance/shared-state-harness.js';
