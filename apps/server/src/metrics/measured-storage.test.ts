import { createMemoryStorage, FakeClock } from '@postrider/core/testing';
import { createMetrics } from '@postrider/metrics';
import { expect, it } from 'vitest';
import { createMeasuredStorage } from './measured-storage.js';

it('measures the calls of workers and lists, failed ones too, and leaves the rest as it is', async () => {
  const clock = new FakeClock();
  const metrics = createMetrics({ clock });
  const real = createMemoryStorage();
  const slow = Object.assign(real, {
    reapExpired: async () => {
      await clock.advance(250);
      throw new Error('made to fail');
    },
  });
  const storage = createMeasuredStorage(slow, { metrics, clock });
  await storage.migrate({});
  const now = clock.now();
  await storage.claimDue({ workerId: 'one', limit: 1, perEndpointLimit: 1, leaseUntil: now, now });
  await storage.renewLeases({ leases: [], leaseUntil: now });
  await storage.listApplications({ environmentId: 'env_1', page: { limit: 1, order: 'ascending' } });
  const reap = storage.reapExpired({ now, limit: 1, nextAttemptId: () => 'atmpt_1' });
  await expect(reap).rejects.toThrow('made to fail');
  expect(await storage.listEnvironments({})).toEqual([]);
  expect(storage.capabilities).toEqual(real.capabilities);

  const series = metrics.collect().find(({ name }) => name === 'webhook_storage_batch_seconds')?.series ?? [];
  const called = series
    .filter(({ count = 0 }) => count > 0)
    .map(({ labels, count, value }) => [labels['op'], count, value]);
  expect(called).toEqual([
    ['claim_due', 1, 0],
    ['renew_leases', 1, 0],
    ['reap_expired', 1, 0.25],
    ['list_applications', 1, 0],
  ]);
});
