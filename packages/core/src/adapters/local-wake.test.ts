import { describe, expect, it } from 'vitest';
import { createRecordingLogger } from '../testing/recording-logger.js';
import { createLocalWake } from './local-wake.js';

const microtasks = () => Promise.resolve();

describe('createLocalWake', () => {
  it('tells every listener, not before notify has returned, and merges hints', async () => {
    const wake = createLocalWake({ logger: createRecordingLogger() });
    const told: string[] = [];
    wake.subscribe(() => told.push('a'));
    wake.subscribe(() => told.push('b'));
    wake.notify();
    wake.notify();
    expect(told).toEqual([]);
    await microtasks();
    expect(told).toEqual(['a', 'b']);
    wake.notify();
    await microtasks();
    expect(told).toEqual(['a', 'b', 'a', 'b']);
  });

  it('tells nobody who has unsubscribed, even between hint and delivery', async () => {
    const wake = createLocalWake({ logger: createRecordingLogger() });
    const told: string[] = [];
    const listener = () => told.push('kept');
    const unsubscribe = wake.subscribe(() => told.push('gone'));
    const once = wake.subscribe(() => once());
    wake.subscribe(listener);
    wake.subscribe(listener);
    wake.notify();
    unsubscribe();
    unsubscribe();
    await microtasks();
    expect(told).toEqual(['kept', 'kept']);
  });

  it('passes on a hint that a listener gives while it is told', async () => {
    const wake = createLocalWake({ logger: createRecordingLogger() });
    let told = 0;
    wake.subscribe(() => {
      told += 1;
      if (told < 3) wake.notify();
    });
    wake.notify();
    for (let turn = 0; turn < 5; turn += 1) await microtasks();
    expect(told).toBe(3);
  });

  it('logs a listener that throws, and tells the others', async () => {
    const logger = createRecordingLogger();
    const wake = createLocalWake({ logger });
    const error = new Error('broken');
    let told = false;
    wake.subscribe(() => {
      throw error;
    });
    wake.subscribe(() => (told = true));
    wake.notify();
    await microtasks();
    expect(told).toBe(true);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { error } }]);
  });
});
