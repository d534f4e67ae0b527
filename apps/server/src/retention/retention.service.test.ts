import { expect, it } from 'vitest';
import { createMemoryStorage, createRecordingLogger, createSeededRandom, FakeClock } from '@postrider/core/testing';
import { ServerPhase } from '../http/server-phase.js';
import { ScheduledJobs } from '../jobs/scheduled-jobs.js';
import { RetentionService } from './retention.service.js';

it('removes what is older than the configured days, and tells how much', async () => {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const phase = new ServerPhase();
  const storage = createMemoryStorage();
  const calls: Parameters<typeof storage.applyRetention>[0][] = [];
  const watched: typeof storage = {
    ...storage,
    applyRetention: (params) => {
      calls.push(params);
      return storage.applyRetention(params);
    },
  };
  await storage.migrate({});
  phase.enter('serving');
  const jobs = new ScheduledJobs({ storage, clock, logger, random: createSeededRandom(1) }, phase);
  await new RetentionService(
    { storage: watched, clock },
    { retentionDays: 90, analyticsRetentionDays: 30, auditRetentionDays: 365, taskRetentionDays: 10 },
    jobs,
  ).apply();
  const oldest = new Date(clock.nowMs() - 90 * 86_400_000);
  const rollupsBefore = new Date(clock.nowMs() - 30 * 86_400_000);
  const auditBefore = new Date(clock.nowMs() - 365 * 86_400_000);
  const tasksBefore = new Date(clock.nowMs() - 10 * 86_400_000);
  expect(calls).toEqual([{ messagesBefore: oldest, rollupsBefore, auditBefore, tasksBefore, now: clock.now() }]);
  expect(logger.lines).toMatchObject([{ fields: { job: 'retention', messages: 0, rollups: 0, idempotencyKeys: 0 } }]);
});
