import { afterQuiet } from './after-quiet.ts';
import { ceilings } from './ceilings.ts';
import { failingReceivers } from './failing-receivers.ts';
import { growth } from './growth.ts';
import { backlog, hostile } from './isolation.ts';
import { memory, start } from './memory.ts';
import { overload } from './overload.ts';
import { parts } from './parts.ts';
import { reports } from './reports.ts';
import { drain, publishOnly } from './roles.ts';
import { rollupCost } from './rollup-cost.ts';
import type { Scenario } from './scenario.ts';
import { endToEnd, fanOut, largePayloads, offeredRate, slowReceivers } from './throughput.ts';

/** In the order in which they run: `offered-rate` and `after-quiet` ask `end-to-end` for the capacity. */
export const scenarios: readonly Scenario[] = [
  ceilings,
  endToEnd,
  offeredRate,
  afterQuiet,
  publishOnly,
  drain,
  fanOut,
  slowReceivers,
  failingReceivers,
  backlog,
  hostile,
  growth,
  largePayloads,
  rollupCost,
  reports,
  start,
  memory,
  overload,
  parts,
];
