/** Requests made up from the API description: none breaks the server, and every answer is one that it describes. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachStorage, type StoredServer } from './support/each-storage.js';
import { requestsOf } from './support/fuzz-requests.js';

/** Longer with `pnpm fuzz --seconds 300`. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 8);
const seed = process.env['FUZZ_SEED'] === undefined ? undefined : Number(process.env['FUZZ_SEED']);
/** Of the transport and of every route; the description does not repeat them for each. */
const everywhere = new Set(['404', '405', '413']);

describe.each(eachStorage)('made-up requests on $name', ({ start }) => {
  let server: StoredServer;
  beforeAll(async () => {
    server = await start();
    await server.call({ path: '/app', body: { name: 'Fuzz', uid: 'fuzz' } });
    await server.call({ path: '/event-type', body: { name: 'order.paid', description: '' } });
    await server.call({ path: '/app/fuzz/endpoint', body: { uid: 'fuzz', url: 'https://hooks.example.com/in' } });
    await server.call({ path: '/app/fuzz/msg', body: { eventType: 'order.paid', payload: {}, eventId: 'fuzz' } });
  });
  afterAll(() => server.close());

  it(
    'are answered with a documented status and JSON',
    async () => {
      const { body: document } = await server.call({ path: '/openapi.json', key: undefined });
      let answered = 0;
      await fc.assert(
        fc.asyncProperty(requestsOf(document), async ({ operation, documented, ...request }) => {
          const { status, text, headers } = await server.call(request);
          answered += 1;
          const isDocumented = documented.includes(String(status)) || everywhere.has(String(status));
          const isExpected = isDocumented && (status < 500 || status === 503);
          expect(isExpected ? undefined : { operation, status, text: text.slice(0, 300) }).toBeUndefined();
          if (status < 400) return;
          expect(headers['content-type']).toContain('application/json');
          expect(JSON.parse(text)).toMatchObject({ status, code: expect.stringMatching(/^[A-Za-z_]+$/) as string });
          expect(text).not.toMatch(/node_modules|\.js:\d/);
        }),
        {
          numRuns: 1_000_000,
          plugins: [fc.interruptAfterTimeLimit(seconds * 1_000)],
          ...(seed !== undefined && { seed }),
        },
      );
      expect(answered).toBeGreaterThan(50);
    },
    seconds * 1_000 + 60_000,
  );
});
