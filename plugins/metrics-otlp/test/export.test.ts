import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMetrics, webhookMetrics } from '@postrider/metrics';
import { createRecordingLogger, FakeClock } from '@postrider/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createOtlpExporter } from '../src/index.js';

interface OtlpPoint {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asDouble?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly explicitBounds?: readonly number[];
  readonly bucketCounts?: readonly number[];
}
interface OtlpMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly isMonotonic: boolean; readonly dataPoints: readonly OtlpPoint[] };
  readonly gauge?: { readonly dataPoints: readonly OtlpPoint[] };
  readonly histogram?: { readonly dataPoints: readonly OtlpPoint[] };
}
interface OtlpBody {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: OtlpPoint['attributes'] };
    readonly scopeMetrics: readonly { readonly metrics: readonly OtlpMetric[] }[];
  }[];
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A collector that takes OTLP over HTTP as JSON. */
async function startCollector() {
  const received: { readonly path: string; readonly key: unknown; readonly body: OtlpBody }[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as OtlpBody;
      received.push({ path: request.url ?? '', key: request.headers['x-key'], body });
      response.writeHead(state.status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/metrics`;
  const metricsOf = (index: number) =>
    new Map(
      received[index]?.body.resourceMetrics.flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap(({ metrics }) => metrics.map((metric) => [metric.name, metric] as const)),
      ),
    );
  return { url, received, state, metricsOf };
}

describe('the exporter', () => {
  it('sends every metric of the catalogue in its kind, with totals since the start', async () => {
    const collector = await startCollector();
    const clock = new FakeClock();
    const metrics = createMetrics({ clock });
    const exporter = createOtlpExporter(
      { reader: metrics, clock },
      { url: collector.url, headers: { 'x-key': 'k' }, attributes: { 'deployment.environment.name': 'test' } },
    );
    exporter.start();
    const delivered = metrics.counter('webhook_deliveries_total', { outcome: 'delivered', event_type: 'a' });
    delivered.add(3);
    metrics.gauge('webhook_queue_size', { state: 'due' }).set(7);
    for (const size of [1, 3, 900]) metrics.histogram('webhook_publish_batch_size').record(size);
    await clock.advance(1_500);
    await exporter.flush();

    expect(collector.received[0]).toMatchObject({ path: '/v1/metrics', key: 'k' });
    expect(collector.received[0]?.body.resourceMetrics[0]?.resource.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'postrider' } },
      { key: 'deployment.environment.name', value: { stringValue: 'test' } },
    ]);
    const sent = collector.metricsOf(0);
    const kinds = [...sent].map(([name, metric]) => [
      name,
      metric.sum ? 'counter' : metric.gauge ? 'gauge' : 'histogram',
    ]);
    expect(Object.fromEntries(kinds)).toEqual(
      Object.fromEntries(Object.entries(webhookMetrics).map(([name, { type }]) => [name, type])),
    );
    expect(sent.get('webhook_deliveries_total')?.sum).toMatchObject({
      isMonotonic: true,
      dataPoints: [
        {
          asDouble: 3,
          attributes: [
            { key: 'outcome', value: { stringValue: 'delivered' } },
            { key: 'event_type', value: { stringValue: 'a' } },
          ],
        },
      ],
    });
    expect(sent.get('webhook_queue_size')?.gauge?.dataPoints).toMatchObject([{ asDouble: 7 }]);
    const histogram = sent.get('webhook_publish_batch_size')?.histogram?.dataPoints[0];
    expect(histogram).toMatchObject({ count: 3, sum: 904 });
    expect(histogram?.explicitBounds).toEqual(webhookMetrics.webhook_publish_batch_size.buckets);
    expect(histogram?.bucketCounts?.map(Number)).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
    const spanNs = BigInt(histogram?.timeUnixNano ?? 0) - BigInt(histogram?.startTimeUnixNano ?? 0);
    expect(spanNs).toBe(1_500_000_000n);

    delivered.add();
    await exporter.stop();
    expect(collector.metricsOf(1).get('webhook_deliveries_total')?.sum?.dataPoints).toMatchObject([{ asDouble: 4 }]);
    await exporter.stop();
    expect(collector.received).toHaveLength(2);
  });

  it('says once that the collector refuses, and once that it takes again', async () => {
    const collector = await startCollector();
    const clock = new FakeClock();
    const logger = createRecordingLogger();
    const options = { url: collector.url, headers: { 'x-key': 'secret-of-the-collector' } };
    const exporter = createOtlpExporter({ reader: createMetrics({ clock }), clock, logger }, options);
    exporter.start();
    collector.state.status = 400;
    await exporter.flush();
    await exporter.flush();
    collector.state.status = 200;
    await exporter.flush();
    await exporter.stop();
    expect(logger.lines.map(({ level }) => level)).toEqual(['warn', 'info']);
    expect(JSON.stringify(logger.lines)).not.toContain('secret-of-the-collector');
  });

  it('stops in time when nobody listens', async () => {
    const clock = new FakeClock();
    const logger = createRecordingLogger();
    const options = { url: 'http://127.0.0.1:1/v1/metrics', timeoutMs: 200 };
    const exporter = createOtlpExporter({ reader: createMetrics({ clock }), clock, logger }, options);
    exporter.start();
    await exporter.stop();
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
  });

  it.each([{ url: 'ftp://x' }, { url: 'nowhere' }, { intervalMs: 10 }, { timeoutMs: 0 }, { unknown: 1 }])(
    'refuses the options %j',
    (options) => {
      const clock = new FakeClock();
      expect(() => createOtlpExporter({ reader: createMetrics({ clock }), clock }, options)).toThrow(
        Object.keys(options)[0],
      );
    },
  );
});
