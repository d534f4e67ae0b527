import { createRecordingLogger } from '@postrider/core/testing';
import { Metrics } from '@postrider/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertEvaluation } from '../src/alerts/alert-evaluation.js';
import { eachStorage, type StoredServer } from './support/each-storage.js';

describe.each(eachStorage)('S1 and S3: thresholds and alerts on $name', ({ start }) => {
  const logger = createRecordingLogger();
  let server: StoredServer;
  beforeAll(async () => {
    server = await start({ logger });
  });
  afterAll(() => server.close());

  const evaluate = () => server.server.app.get(AlertEvaluation).evaluate();
  const events = () => logger.lines.filter(({ message }) => message.startsWith('Operational event alert.'));
  const due = () => server.server.kernel.get(Metrics).gauge('webhook_queue_size', { state: 'due' });
  const set = (id: string, body: object) => server.call({ method: 'PUT', path: `/metrics/thresholds/${id}`, body });

  it('watches the defaults of the package, changes one at run time, and refuses what makes no sense', async () => {
    const { body } = await server.call({ path: '/metrics/thresholds' });
    const ids = (body['data'] as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(['slow_delivery', 'queue_size', 'failure_rate', 'breaker_open']);
    const changed = await set('queue_size', { warning: 50, critical: 500, forSeconds: 30 });
    expect(changed).toMatchObject({ status: 200, body: { id: 'queue_size', warning: 50, critical: 500 } });
  });

  it.each([
    ['x', { metric: 'no_such_metric', warning: 1 }, ['body', 'metric']],
    ['x', { metric: 'webhook_queue_size', warning: 'NaN' }, ['body', 'warning']],
    ['x', { metric: 'webhook_queue_size', critical: null }, ['body', 'critical']],
    ['x', { metric: 'webhook_queue_size', warning: 1, windowSeconds: 0 }, ['body', 'windowSeconds']],
    ['x', { metric: 'webhook_queue_size', warning: 1, windowSeconds: 90_000 }, ['body', 'windowSeconds']],
    ['x', { metric: 'webhook_queue_size', warning: 5, critical: 1 }, ['body', 'critical']],
    ['x', { metric: 'webhook_queue_size', warning: 1, labels: { url: 'a' } }, ['body', 'labels']],
    ['x', { warning: 1 }, ['body', 'metric']],
    ['x', { metric: 'webhook_queue_size' }, ['body', 'critical']],
    ['Bad-Id', { metric: 'webhook_queue_size', warning: 1 }, ['path', 'threshold_id']],
    ['x', { metric: 'webhook_queue_size', warning: 1, unknown: 1 }, ['body', 'unknown']],
  ])('refuses the threshold %s %j, naming the field', async (id, body, loc) => {
    const answer = await set(id, body);
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc }] } });
  });

  it.each([
    ['"warning": 1e999', ['warning']],
    ['"critical": -1e999', ['critical']],
    ['"warning": 1, "forSeconds": 1e999', ['forSeconds']],
    ['"warning": 1, "hysteresis": 1e999', ['hysteresis']],
    ['"warning": 1, "minimumCount": 1e999', ['minimumCount']],
    ['"warning": 1, "windowSeconds": -1e999', ['windowSeconds']],
    [
      '"warning": 1, "onlyWhile": { "metric": "webhook_queue_size", "statistic": "latest", "comparison": "above", "level": 1e999 }',
      ['onlyWhile', 'level'],
    ],
  ])('refuses numbers that JSON can write and nobody can count to: %s', async (fields, loc) => {
    const body = `{ "metric": "webhook_queue_size", ${fields} }`;
    const answer = await server.call({ method: 'PUT', path: '/metrics/thresholds/endless', body });
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', ...loc] }] } });
  });

  it('takes a bare NaN for no JSON at all', async () => {
    const body = '{ "metric": "webhook_queue_size", "warning": NaN }';
    const answer = await server.call({ method: 'PUT', path: '/metrics/thresholds/endless', body });
    expect(answer.status).toBe(400);
  });

  it.each(['0', '-1', 'x', '1.5', '86401', '9999999999'])('refuses the window %s', async (window) => {
    const answer = await server.call({ path: `/metrics/summary?window=${window}` });
    expect(answer).toMatchObject({ status: 422, body: { detail: [{ loc: ['query', 'window'] }] } });
  });

  it('raises one alert when the level is exceeded for long enough, escalates it, and resolves it with hysteresis', async () => {
    due().set(60);
    await evaluate();
    await server.clock.advance(29_000);
    await evaluate();
    expect(events()).toEqual([]);
    await server.clock.advance(2_000);
    await evaluate();
    await evaluate();
    expect(events().map(({ fields }) => fields['type'])).toEqual(['alert.raised']);
    const { body } = await server.call({ path: '/alerts' });
    expect(body['data']).toMatchObject([{ thresholdId: 'queue_size', severity: 'warning', level: 50, value: 60 }]);
    due().set(600);
    await evaluate();
    await server.clock.advance(31_000);
    await evaluate();
    due().set(48);
    await evaluate();
    expect(events().map(({ fields }) => fields['type'])).toEqual(['alert.raised', 'alert.escalated']);
    due().set(45);
    await evaluate();
    expect(events().map(({ fields }) => fields['type'])).toEqual(['alert.raised', 'alert.escalated', 'alert.resolved']);
    const summary = await server.call({ path: '/metrics/summary?window=600' });
    expect(summary.body).toMatchObject({
      windowSeconds: 600,
      alerts: [{ thresholdId: 'queue_size', severity: 'critical', resolvedAt: expect.any(String) as string }],
      metrics: { webhook_queue_size: { latest: 45 } },
      healthScore: 100,
    });
  });

  it('keeps changes in the store, where every replica finds them, until they are deleted', async () => {
    expect(await set('mine', { metric: 'webhook_lease_lost_total', statistic: 'count', warning: 1 })).toMatchObject({
      status: 200,
    });
    expect((await server.storage.listSettings({ prefix: 'thresholds.' })).map(({ name }) => name)).toEqual([
      'thresholds.mine',
      'thresholds.queue_size',
    ]);
    // As another replica would.
    const value = { id: 'mine', metric: 'webhook_lease_lost_total', statistic: 'count', warning: 9 };
    const updatedAt = new Date(server.clock.nowMs() + 1);
    await server.storage.putSetting({ setting: { name: 'thresholds.mine', value, updatedAt } });
    const listed = await server.call({ path: '/metrics/thresholds' });
    expect(listed.body['data']).toContainEqual(expect.objectContaining({ id: 'mine', warning: 9 }));
    await server.storage.deleteSetting({ name: 'thresholds.mine' });
    const gone = await server.call({ method: 'DELETE', path: '/metrics/thresholds/mine' });
    expect(gone.status).toBe(404);
    expect((await server.call({ method: 'DELETE', path: '/metrics/thresholds/breaker_open' })).status).toBe(204);
    const left = (await server.call({ path: '/metrics/thresholds' })).body['data'] as { id: string }[];
    expect(left.map(({ id }) => id)).not.toContain('breaker_open');
  });

  it('is for operators: a key of an environment sees none of it', async () => {
    const made = await server.call({ path: '/environments', body: { name: 'Tenant' } });
    const { key } = (made.body['key'] ?? {}) as { key: string };
    for (const path of ['/metrics/summary', '/metrics/thresholds', '/alerts']) {
      expect((await server.call({ path, key })).status).toBe(403);
    }
  });
});
