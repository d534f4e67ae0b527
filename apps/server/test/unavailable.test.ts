import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreError } from '@postrider/core';
import { createRecordingLogger } from '@postrider/core/testing';
import { ServerPhase } from '../src/http/server-phase.js';
import { startTestServer, type TestServer } from './support/test-server.js';

describe('when the store does not answer', () => {
  const logger = createRecordingLogger();
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ logger });
    await server.call({ path: '/app', body: { name: 'Known', uid: 'known' } });
  });
  afterAll(() => server.close());

  it('answers 503 with Retry-After, and says nothing about the store', async () => {
    server.watched.failWith(coreError('STORAGE_UNAVAILABLE', 'connect ECONNREFUSED 10.1.2.3:5432 as app'));
    const requests = [
      { path: '/app' },
      { path: '/app/known' },
      { path: '/app', body: { name: 'a' } },
      { path: '/app/known/msg', body: { eventType: 'a', payload: {} } },
    ];
    for (const request of requests) {
      const answer = await server.call(request);
      expect(answer).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.text).not.toMatch(/ECONNREFUSED|10\.1\.2\.3/);
    }
    expect((await server.call({ path: '/health/live', key: undefined })).status).toBe(204);
    expect((await server.call({ path: '/health/ready', key: undefined })).status).toBe(503);
    const health = await server.call({ path: '/health', key: undefined });
    expect(health).toMatchObject({ status: 503, body: { status: 'down' } });
    expect(health.text).not.toContain('made to fail');

    server.watched.failWith(undefined);
    await server.clock.advance(1_000);
    expect((await server.call({ path: '/app/known' })).status).toBe(200);
    expect((await server.call({ path: '/health/ready', key: undefined })).status).toBe(204);
  });

  it('logs a refusal of its own by its code, without the place in our code', async () => {
    const closing = await startTestServer({ logger });
    closing.server.app.get(ServerPhase).enter('draining');
    const { requestId } = (await closing.call({ path: '/health/ready' })).body;
    await closing.close();
    const line = logger.lines.find(({ fields }) => fields['requestId'] === requestId);
    expect(line).toMatchObject({ level: 'warn', fields: { status: 503, code: 'not_ready' } });
    expect(line?.fields).not.toHaveProperty('error');
  });

  it('answers 500 without a stack for what nobody expected, and logs it with the request id', async () => {
    server.watched.failWith(new TypeError('undefined is not a function'));
    const answer = await server.call({ path: '/app/known' });
    server.watched.failWith(undefined);
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(answer.text).not.toContain('undefined is not');
    const line = logger.lines.find(
      ({ level, fields }) => level === 'error' && fields['requestId'] === answer.body['requestId'],
    );
    expect(line?.fields['error']).toBeInstanceOf(TypeError);
  });

  it('refuses requests once it closes', async () => {
    const closing = await startTestServer();
    closing.server.app.get(ServerPhase).enter('closing');
    expect(await closing.call({ path: '/app' })).toMatchObject({
      status: 503,
      headers: { connection: 'close', 'retry-after': '1' },
      body: { code: 'shutting_down' },
    });
    await closing.close();
  });
});
