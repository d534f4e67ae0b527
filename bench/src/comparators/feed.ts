import { randomBytes, randomUUID } from 'node:crypto';
import { createPayloads } from '../load/payloads.ts';
import type { FeedOrder } from '../systems/system.ts';
import type { JobQueue } from './job.ts';

/** Hands messages to the queue without HTTP, so many at once, in turn to the addresses. */
export async function feed(queue: JobQueue, { messages, concurrency, urls, payloadBytes }: FeedOrder): Promise<void> {
  const payload = createPayloads(payloadBytes);
  const endpoints = urls.map((url) => ({ url, secret: `whsec_${randomBytes(24).toString('base64')}` }));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < messages) {
      const n = next;
      next += 1;
      const endpoint = endpoints[n % endpoints.length];
      if (endpoint === undefined) return;
      const body = payload(n, performance.timeOrigin + performance.now());
      await queue.enqueue([{ id: `msg_${randomUUID()}`, ...endpoint, body }]);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
