import type { Metrics } from '../ports/metrics.js';

const nothing = () => undefined;
const instrument = { add: nothing, set: nothing, record: nothing };

/** Records nothing: the default where no metrics are given. */
export const noopMetrics: Metrics = {
  counter: () => instrument,
  gauge: () => instrument,
  histogram: () => instrument,
};
