import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { silentLogger, systemClock, wirePlugins } from '@postrider/core';
import { createMetrics, Metrics, metricsPlugin, webhookMetrics } from '@postrider/metrics';
import { FakeClock, createRecordingLogger } from '@postrider/core/testing';
import { Counter, Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import metricsPrometheus, { createPrometheusRegistry, MetricsServer } from '../src/index.js';

async function ask(url: string, method = 'GET') {
  const sent = request(url, { method, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return { status: response.statusCode, type: response.headers['content-type'], text };
}

/** What Prometheus would make of the text: samples by name and labels, types by name. */
function parse(text: string) {
  const samples = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name !== '') types.set(name, type);
    const [, series = '', value = ''] = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (series !== '') samples.set(series, Number(value));
  }
  return { samples, types };
}

describe('createPrometheusRegistry', () => {
  it('exports every metric of the catalogue under its name and type, with what was recorded', async () => {
    const metrics = createMetrics({ clock: new FakeClock() });
    metrics.counter('webhook_deliveries_total', { outcome: 'delivered', event_type: 'a"b\n' }).add(3);
    metrics.gauge('webhook_queue_size', { state: 'due' }).set(7);
    const durations = metrics.histogram('webhook_delivery_duration_seconds', { outcome: 'succeeded' });
    durations.record(0.02);
    durations.record(99);

    const { samples, types } = parse(await createPrometheusRegistry({ reader: metrics }).metrics());

    expect(Object.fromEntries(types)).toEqual(
      Object.fromEntries(Object.entries(webhookMetrics).map(([name, { type }]) => [name, type])),
    );
    expect(samples.get('webhook_deliveries_total{outcome="delivered",event_type="a\\"b\\n"}')).toBe(3);
    expect(samples.get('webhook_queue_size{state="due"}')).toBe(7);
    const bucket = (le: string) =>
      samples.get(`webhook_delivery_duration_seconds_bucket{outcome="succeeded",le="${le}"}`);
    expect([bucket('0.01'), bucket('0.025'), bucket('30'), bucket('+Inf')]).toEqual([0, 1, 1, 2]);
    expect(samples.get('webhook_delivery_duration_seconds_count{outcome="succeeded"}')).toBe(2);
    expect(samples.get('webhook_delivery_duration_seconds_sum{outcome="succeeded"}')).toBe(99.02);
  });

  it('joins a registry of the program, and reads anew at each scrape', async () => {
    const registry = new Registry();
    new Counter({ name: 'own_total', help: 'Own.', registers: [registry] }).inc();
    const metrics = createMetrics({ clock: new FakeClock() });
    createPrometheusRegistry({ reader: metrics, registry });
    const leases = metrics.counter('webhook_lease_lost_total');
    leases.add();
    expect(parse(await registry.metrics()).samples.get('webhook_lease_lost_total')).toBe(1);
    leases.add();
    const { samples } = parse(await registry.metrics());
    expect([samples.get('webhook_lease_lost_total'), samples.get('own_total')]).toEqual([2, 1]);
  });

  it('reads all metrics once for each scrape', async () => {
    const metrics = createMetrics({ clock: new FakeClock() });
    let reads = 0;
    const reader = {
      collect: () => {
        reads += 1;
        return metrics.collect();
      },
      window: metrics.window.bind(metrics),
      series: metrics.series.bind(metrics),
    };
    const registry = createPrometheusRegistry({ reader });
    reads = 0;
    await registry.metrics();
    await registry.metrics();
    expect(reads).toBe(2);
  });
});

describe('the plugin', () => {
  it('serves what the host records, on a port of its own, until it stops', async () => {
    const logger = createRecordingLogger();
    const kernel = await wirePlugins({
      plugins: [{ plugin: metricsPlugin }, { plugin: metricsPrometheus, config: { port: 0 } }],
      clock: systemClock,
      logger,
    });
    await kernel.start();
    const port = Number(logger.lines.find(({ message }) => message === 'Serving metrics')?.fields.port);
    kernel.get(Metrics).counter('webhook_lease_lost_total').add(5);

    const answer = await ask(`http://127.0.0.1:${String(port)}/metrics`);
    expect(answer.type).toMatch(/^text\/plain; version=0\.0\.4/);
    const { samples } = parse(answer.text);
    expect(samples.get('webhook_lease_lost_total')).toBe(5);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);

    await kernel.stop();
    await expect(ask(`http://127.0.0.1:${String(port)}/metrics`)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('MetricsServer', () => {
  let server: MetricsServer | undefined;
  const start = async (options: { port?: number; registry?: Registry } = {}) => {
    server = new MetricsServer({
      registry: options.registry ?? new Registry(),
      logger: silentLogger,
      host: '127.0.0.1',
      port: options.port ?? 0,
      path: '/metrics',
    });
    await server.start();
    return `http://127.0.0.1:${String(server.address?.port)}`;
  };
  afterEach(() => server?.stop());

  it.each([
    ['GET', '/metrics?x=1', 200],
    ['HEAD', '/metrics', 200],
    ['POST', '/metrics', 405],
    ['GET', '/', 404],
    ['GET', '/metrics/../secrets', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const url = await start();
    expect((await ask(`${url}${path}`, method)).status).toBe(status);
  });

  it('answers 500 when a metric cannot be read, and goes on', async () => {
    const registry = new Registry();
    const collect = () => {
      throw new Error('broken');
    };
    registry.registerMetric(new Counter({ name: 'broken_total', help: 'Broken.', registers: [], collect }));
    const url = await start({ registry });
    expect((await ask(`${url}/metrics`)).status).toBe(500);
    expect((await ask(`${url}/`)).status).toBe(404);
  });

  it('says what is wrong when its port is taken', async () => {
    const url = await start();
    const other = new MetricsServer({
      registry: new Registry(),
      logger: silentLogger,
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      path: '/metrics',
    });
    await expect(other.start()).rejects.toThrow(/EADDRINUSE.*Choose another port/);
    await other.stop();
  });

  it('stops although a scraper keeps its connection open', async () => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    await once(socket, 'connect');
    await server?.stop();
    socket.destroy();
    expect(server?.address).toBeUndefined();
  });
});
