import { describeCacheConformance } from '@postrider/cache/testing';
import { requireService } from '@postrider/test-support';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { TestCaches } from './support/test-caches.js';

const redis = requireService('redis', import.meta.url);
const runner = { describe, it, beforeAll, afterAll };

describe.skipIf(!redis.available)('the Redis cache', () => {
  const url = redis.available ? redis.url : '';
  describeCacheConformance(new TestCaches(url).harness('redis, with a near tier'), runner);
  describeCacheConformance(new TestCaches(url, { nearTtlMs: 0 }).harness('redis alone'), runner);
});
