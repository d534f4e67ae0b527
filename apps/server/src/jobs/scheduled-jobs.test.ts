import { describe, expect, it } from 'vitest';
import { coreError } from '@postrider/core';
import { createMemoryStorage, createRecordingLogger, createSeededRandom, FakeClock } from '@postrider/core/testing';
import { ServerPhase } from '../http/server-phase.js';
import type { ScheduledJob } from './scheduled-job.js';
import { ScheduledJobs } from './scheduled-jobs.js';

async function setUp() {
  const storage = createMemoryStorage();
  await storage.migrate({});
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const phase = new ServerPhase();
  phase.enter('serving');
  const replica = (seed: number) =>
    new ScheduledJobs({ storage, clock, random: createSeededRandom(seed), logger }, phase);
  return { storage, clock, logger, phase, replica };
}

/** A job that is done when it is told to, or that fails. */
function newJob(given: { failure?: Error; waitFor?: Promise<void> } = {}) {
  let runs = 0;
  const job: ScheduledJob = {
    ...{ name: 'sweep', leaseMs: 60_000, restMs: 10_000 },
    run: async () => {
      runs += 1;
      await given.waitFor;
      if (given.failure !== undefined) throw given.failure;
      return { swept: 3 };
    },
  };
  return { job, runs: () => runs };
}

describe('ScheduledJobs', () => {
  it('does the work on one of the replicas that are triggered, and again once the job has rested', async () => {
    const { clock, replica } = await setUp();
    const [first, second] = [replica(1), replica(2)];
    const { job, runs } = newJob();
    await Promise.all([first.run(job), second.run(job)]);
    await second.run(job);
    expect(runs()).toBe(1);
    expect(second.states).toMatchObject([{ name: 'sweep', running: false, heldElsewhereAt: clock.now() }]);
    await clock.advance(10_000);
    await second.run(job);
    expect(runs()).toBe(2);
  });

  it('shows the last success and logs what was done', async () => {
    const { clock, logger, replica } = await setUp();
    const jobs = replica(1);
    await jobs.run(newJob().job);
    expect(jobs.states).toEqual([{ name: 'sweep', running: false, lastSuccessAt: clock.now() }]);
    expect(logger.lines).toMatchObject([{ level: 'info', fields: { job: 'sweep', swept: 3 } }]);
  });

  it('logs a failure, keeps when it began, and lets any replica try again at once', async () => {
    const { clock, logger, replica } = await setUp();
    const [first, second] = [replica(1), replica(2)];
    const failure = coreError('STORAGE_UNAVAILABLE', 'away');
    const failingSince = clock.now();
    await first.run(newJob({ failure }).job);
    await clock.advance(5_000);
    await first.run(newJob({ failure }).job);
    expect(first.states).toMatchObject([{ failingSince, running: false }]);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { job: 'sweep', error: failure } }, {}]);
    const { job, runs } = newJob();
    await second.run(job);
    expect(runs()).toBe(1);
  });

  it('takes over from a replica that died at work, when its lease has run out', async () => {
    const { clock, replica } = await setUp();
    const dying = newJob({ waitFor: new Promise<void>(() => undefined) });
    void replica(1).run(dying.job);
    await clock.advance(59_999);
    const { job, runs } = newJob();
    await replica(2).run(job);
    expect(runs()).toBe(0);
    await clock.advance(1);
    await replica(3).run(job);
    expect(runs()).toBe(1);
  });

  it('does nothing before the server serves, while it drains, or while it is at it already', async () => {
    const { storage, clock, logger, phase, replica } = await setUp();
    const starting = new ScheduledJobs({ storage, clock, logger, random: createSeededRandom(9) }, new ServerPhase());
    const { promise, resolve } = Promise.withResolvers<void>();
    const { job, runs } = newJob({ waitFor: promise });
    await starting.run(job);
    const jobs = replica(1);
    const running = jobs.run(job);
    await jobs.run(job);
    resolve();
    await running;
    expect(runs()).toBe(1);
    phase.enter('draining');
    await clock.advance(3_600_000);
    await jobs.run(job);
    expect(runs()).toBe(1);
  });

  it('survives a store that is away', async () => {
    const { storage, logger, replica } = await setUp();
    await storage.close();
    const jobs = replica(1);
    const { job, runs } = newJob();
    await jobs.run(job);
    expect(runs()).toBe(0);
    expect(logger.lines).toMatchObject([
      { level: 'error', fields: { error: { code: 'STORAGE_CLOSED' } } },
      { level: 'warn', fields: { error: { code: 'STORAGE_CLOSED' } } },
    ]);
  });
});
