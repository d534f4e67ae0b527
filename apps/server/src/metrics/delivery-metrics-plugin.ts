import { Clock, contribute, definePlugin } from '@postrider/core';
import { deliveryObservers } from '@postrider/delivery';
import { Metrics } from '@postrider/metrics';
import { z } from 'zod';
import { createDeliveryMetrics } from './delivery-metrics.js';

/** Joins the engine and the metrics, which know nothing of each other. */
export const deliveryMetricsPlugin = definePlugin({
  name: '@postrider/server/delivery-metrics',
  version: '1.0.0',
  api: '^1.0.0',
  config: z.strictObject({}),
  requires: { metrics: Metrics, clock: Clock },
  contributes: [deliveryObservers],
  setup: ({ deps: { metrics, clock } }) => ({
    contributions: [contribute(deliveryObservers, createDeliveryMetrics(metrics, clock))],
  }),
});
