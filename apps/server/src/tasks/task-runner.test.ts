import { beforeEach, describe, expect, it } from 'vitest';
import { coreError, createIdGenerator, type Storage, type Task } from '@postrider/core';
import { createMemoryStorage, createRecordingLogger, createSeededRandom, FakeClock } from '@postrider/core/testing';
import type { TaskHandler } from './task-handler.js';
import { TaskRunner } from './task-runner.js';

const environmentId = 'env_1';
const applicationId = 'app_1';
const messageId = 'msg_1';
const total = 35;
const perBatch = 10;

describe('TaskRunner', () => {
  let clock: FakeClock;
  let storage: Storage;
  let ids: ReturnType<typeof createIdGenerator>;
  let task: Task;

  /** Adds one delivery for each number from the cursor on, ten in a batch. */
  const addDeliveries: TaskHandler = (context, { progress }) => {
    const from = Number(progress.cursor ?? '0');
    const count = Math.min(perBatch, total - from);
    const deliveries = Array.from({ length: count }, () => ({
      applicationId,
      messageId,
      delivery: { id: context.ids.next('dlv_'), endpointId: 'ep_1', trigger: 'manual' as const, dueAt: clock.now() },
    }));
    const next = { ...progress, cursor: String(from + count), scanned: from + count };
    return Promise.resolve({
      progress: next,
      deliveries,
      ...(from + count === total && { done: { result: { ok: true } } }),
    });
  };
  const runner = (handler: TaskHandler, on: Storage = storage) =>
    new TaskRunner({
      ...{
        storage: on,
        clock,
        ids,
        delivery: { cancelDelivery: () => Promise.reject(new Error('These tasks cancel nothing.')) },
        logger: createRecordingLogger(),
        workerId: 'w',
        handlers: { test: handler },
      },
    });
  const read = async () => (await storage.getTask({ environmentId, taskId: task.id })) as Task;
  const added = async () => (await storage.countDeliveries({ environmentId, filter: {} })).pending;

  beforeEach(async () => {
    clock = new FakeClock();
    storage = createMemoryStorage();
    ids = createIdGenerator({ clock, random: createSeededRandom(7) });
    await storage.migrate({});
    const now = clock.now();
    const message = { id: messageId, environmentId, applicationId, eventType: 'a', payload: '{}', createdAt: now };
    await storage.appendMessages({ entries: [{ message, deliveries: [] }], now });
    task = {
      ...{ id: ids.next('qtask_'), environmentId, type: 'test', input: { ratePerSecond: 10 }, state: 'waiting' },
      ...{
        progress: { scanned: 0, affected: 0 },
        failures: 0,
        runAt: now,
        leaseToken: 0,
        createdAt: now,
        updatedAt: now,
      },
    };
    await storage.createTask({ task });
  });

  it('runs batch after batch, no faster than the rate, and keeps what came of it', async () => {
    const worker = runner(addDeliveries);
    for (let batch = 1; batch <= 4; batch += 1) {
      expect(await worker.runOne()).toBe(true);
      expect(await worker.runOne()).toBe(false);
      await clock.advance(1_000);
    }
    expect(await read()).toMatchObject({ state: 'finished', progress: { affected: total }, result: { ok: true } });
    expect(await added()).toBe(total);
  });

  it('adds each delivery once when workers die before or after their batch was recorded', async () => {
    for (let step = 0; (await read()).state !== 'finished'; step += 1) {
      const dies = new Proxy(storage, {
        get: (target, name, receiver): unknown => {
          if (name !== 'recordTaskBatch' || step % 3 === 0) return Reflect.get(target, name, receiver);
          return async (params: Parameters<Storage['recordTaskBatch']>[0]) => {
            if (step % 3 === 1) await target.recordTaskBatch(params);
            throw coreError('STORAGE_UNAVAILABLE', 'the process is gone');
          };
        },
      });
      await runner(addDeliveries, dies)
        .runOne()
        .catch(() => undefined);
      await clock.advance(61_000);
    }
    expect(await added()).toBe(total);
    expect((await read()).progress).toMatchObject({ affected: total, scanned: total });
  });

  it('drops the batch of a task that was paused meanwhile, and goes on from the cursor when it is resumed', async () => {
    const pauseFirst: TaskHandler = async (context, given) => {
      await storage.controlTask({ environmentId, taskId: task.id, control: 'pause', now: clock.now() });
      return addDeliveries(context, given);
    };
    await runner(addDeliveries).runOne();
    await clock.advance(1_000);
    await runner(pauseFirst).runOne();
    expect(await added()).toBe(perBatch);
    expect(await runner(addDeliveries).runOne()).toBe(false);
    await storage.controlTask({ environmentId, taskId: task.id, control: 'resume', now: clock.now() });
    await runner(addDeliveries).runOne();
    expect(await added()).toBe(2 * perBatch);
  });

  it('tries a batch that failed again, later and later, and gives up after ten in a row', async () => {
    const broken = runner(() => Promise.reject(new Error('no')));
    for (let failures = 1; failures < 10; failures += 1) {
      expect(await broken.runOne()).toBe(true);
      expect((await read()).failures).toBe(failures);
      expect(await broken.runOne()).toBe(false);
      await clock.advance(60_000);
    }
    await broken.runOne();
    expect(await read()).toMatchObject({ state: 'failed', failure: expect.stringContaining('10 batches') as string });
  });

  it('fails a task of a type that this version does not know', async () => {
    await storage.createTask({ task: { ...task, id: ids.next('qtask_'), type: 'newer', runAt: new Date(0) } });
    await runner(addDeliveries).runOne();
    const { items } = await storage.listTasks({
      ...{ environmentId, filter: { type: 'newer' }, page: { limit: 1, order: 'ascending' } },
    });
    expect(items[0]).toMatchObject({ state: 'failed', failure: expect.stringContaining('newer') as string });
  });
});
