import { Module } from '@nestjs/common';
import { BuildInfo } from './build-info.js';
import { MetricsSampler } from './metrics-sampler.js';

/** What is measured by looking at it from time to time. What the engine tells goes another way: `delivery-metrics.ts`. */
@Module({ providers: [BuildInfo, MetricsSampler] })
export class MetricsModule {}
