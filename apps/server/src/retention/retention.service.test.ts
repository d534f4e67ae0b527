import { describe, expect, it } from 'vitest';
import { coreError } from '@postrider/core';
import { createMemoryStorage, createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { ServerPhase } from '../http/server-phase.js';
import { RetentionService } from './retention.service.js';

function setUp() {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  const phase = new ServerPhase();
  const storage = createMemoryStorage();
  const calls: Parameters<typeof storage.applyRetention>[0][] = [];
  let failure: Error | undefined;
  const watched = new Proxy(storage, {
    get: (target, name, receiver): unknown =>
      name === 'applyRetention'
        ? (params: Parameters<typeof storage.applyRetention>[0]) => {
            calls.push(params);
            return failure === undefined ? target.applyRetention(params) : Promise.reject(failure);
          }
        : Reflect.get(target, name, receiver),
  });
  const service = new RetentionService({ storage: watched, clock, logger }, { retentionDays: 30 }, phase);
  return { clock, logger, phase, storage, calls, service, failWith: (error: Error) => void (failure = error) };
}

describe('RetentionService', () => {
  it('removes what is older than the configured days, and tells how much', async () => {
    const { clock, logger, phase, storage, calls, service } = setUp();
    await storage.migrate({});
    phase.enter('serving');
    await service.apply();
    const oldest = new Date(clock.nowMs() - 30 * 86_400_000);
    expect(calls).toEqual([{ messagesBefore: oldest, rollupsBefore: oldest, now: clock.now() }]);
    expect(logger.lines.map(({ fields }) => fields)).toMatchObject([{ messages: 0, rollups: 0, idempotencyKeys: 0 }]);
  });

  it('leaves a store alone that is not open yet or any more', async () => {
    const { phase, calls, service } = setUp();
    await service.apply();
    phase.enter('draining');
    await service.apply();
    expect(calls).toEqual([]);
  });

  it('tries again the next hour when it fails', async () => {
    const { logger, phase, service, failWith } = setUp();
    phase.enter('serving');
    failWith(coreError('STORAGE_UNAVAILABLE', 'away'));
    await service.apply();
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { error: { code: 'STORAGE_UNAVAILABLE' } } }]);
  });
});
