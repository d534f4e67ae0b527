import { Injectable, type Type } from '@nestjs/common';
import type { Analytics } from '@postrider/analytics';
import { InjectAnalytics } from '@postrider/analytics/nestjs';
import { Cacheable } from '@postrider/cache/nestjs';
import type { MetricsRegistry } from '@postrider/metrics';
import { InjectMetrics } from '@postrider/metrics/nestjs';
import { Retry } from '@postrider/resilience/nestjs';

/** Sends invoices: cached, tried again, counted and measured. */
export class Invoices {
  readonly analytics!: Analytics;
  readonly metrics!: MetricsRegistry;
  #loads = 0;
  #tries = 0;

  /** `@Cacheable`: who asks at the same time, or within a minute, shares one load. */
  async customerOf(invoiceId: string): Promise<string> {
    this.#loads += 1;
    return `customer of ${invoiceId}, load ${this.#loads}`;
  }

  /** `@Retry`: the receiver is busy at first. */
  async send(invoiceId: string): Promise<string> {
    this.#tries += 1;
    const event = { endpointId: 'billing', eventType: 'invoice.sent', durationMs: 40, attemptNumber: this.#tries };
    if (this.#tries < 2) {
      await this.analytics.track({ ...event, kind: 'error', errorKind: 'http_503' });
      throw new Error('busy');
    }
    await this.analytics.track({ ...event, kind: 'delivery' });
    this.metrics.counter('webhook_deliveries_total', { outcome: 'delivered', event_type: 'invoice.sent' }).add();
    return `${invoiceId} sent at try ${this.#tries}`;
  }

  async summarize(): Promise<string> {
    const report = await this.analytics.endpoint({ applicationId: 'default', endpointId: 'billing', days: 1 });
    return `${report.deliveries} delivered with ${report.attempts} attempts`;
  }
}

// What `@Injectable()`, `@InjectAnalytics()`, `@Cacheable(…)` above class and members do, for a runtime without decorators.
const target: Type = Invoices;
Injectable()(target);
InjectAnalytics()(target.prototype as object, 'analytics');
InjectMetrics()(target.prototype as object, 'metrics');
decorate('customerOf', Cacheable({ key: (invoiceId: string) => `customer:${invoiceId}`, ttl: '1m' }));
decorate('send', Retry({ scheduleMs: [10, 50] }));

type Method = (invoiceId: string) => Promise<string>;
type MethodDecoration = (target: object, method: string, descriptor: TypedPropertyDescriptor<Method>) => unknown;

function decorate(method: 'customerOf' | 'send', decoration: MethodDecoration): void {
  const descriptor: TypedPropertyDescriptor<Method> = { value: Invoices.prototype[method], writable: true };
  const replaced = decoration(Invoices.prototype, method, descriptor);
  Object.defineProperty(Invoices.prototype, method, replaced ?? descriptor);
}
