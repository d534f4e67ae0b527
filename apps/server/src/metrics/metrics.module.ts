import { Module } from '@nestjs/common';
import { CacheReader } from '../caches/cache-reader.js';
import { BuildInfo } from './build-info.js';
import { CacheSampler } from './cache-sampler.js';
import { EndpointBands } from '../health/endpoint-bands.js';
import { EndpointHealthSampler } from './endpoint-health-sampler.js';
import { MetricsSampler } from './metrics-sampler.js';
import { QueueLevel } from './queue-level.js';

/** What is measured by looking at it from time to time. What the engine tells goes another way: `delivery-metrics.ts`. */
@Module({
  providers: [BuildInfo, CacheReader, CacheSampler, EndpointBands, EndpointHealthSampler, MetricsSampler, QueueLevel],
  exports: [QueueLevel],
})
export class MetricsModule {}
