import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { SharedLoad } from './shared-load.js';

it.each<[ending: string, load: () => Promise<string>]>([
  ['resolves', async () => 'value'],
  ['rejects', () => Promise.reject(new Error('the database is away'))],
])('leaves no listener on the signal of a caller when the load %s', async (_, load) => {
  // Such a signal may live as long as the process.
  const { signal } = new AbortController();
  const waiting = new SharedLoad(load).wait(signal);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await Promise.allSettled([waiting]);
  await Promise.resolve();
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
