import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { createMemoryAnalyticsStore, type Analytics } from '../index.js';
import { ANALYTICS, AnalyticsModule, InjectAnalytics } from './index.js';

const dayMs = 24 * 3_600_000;

@Injectable()
class Sender {
  constructor(@InjectAnalytics() readonly analytics: Analytics) {}

  delivered(): Promise<void> {
    return this.analytics.track({ kind: 'delivery', endpointId: 'billing', eventType: 'paid', durationMs: 20 });
  }
}

async function countDays(analytics: Analytics, clock: FakeClock, days: number): Promise<number> {
  const to = new Date(clock.nowMs() + 1);
  return (await analytics.report({ from: new Date(to.getTime() - days * dayMs), to })).deliveries;
}

describe('AnalyticsModule', () => {
  it('tracks for any provider in memory, and forgets after the retention', async () => {
    const clock = new FakeClock();
    const imports = [AnalyticsModule.forRoot({ clock, retentionDays: 10 })];
    const module = await Test.createTestingModule({ imports, providers: [Sender] }).compile();
    await module.init();
    const { analytics } = module.get(Sender);
    await module.get(Sender).delivered();
    await clock.advance(9 * dayMs);
    expect(await countDays(analytics, clock, 30)).toBe(1);
    await clock.advance(3 * dayMs);
    expect(await countDays(analytics, clock, 30)).toBe(0);
    await module.close();
    expect(clock.pendingTimers).toBe(0);
  });

  it('counts in the store that other providers know, which it leaves alone', async () => {
    const clock = new FakeClock();
    const store = createMemoryAnalyticsStore();
    const useFactory = (given: typeof store) => ({ store: given, clock });
    const settings = { module: class {}, providers: [{ provide: 'store', useValue: store }], exports: ['store'] };
    const imports = [AnalyticsModule.forRootAsync({ imports: [settings], inject: ['store'], useFactory })];
    const module = await Test.createTestingModule({ imports, providers: [Sender] }).compile();
    await module.init();
    await module.get(Sender).delivered();
    expect(clock.pendingTimers).toBe(0);
    const range = { environmentId: 'default', from: new Date(0), to: new Date(clock.nowMs() + 1) };
    expect(await store.readSummaries(range)).toMatchObject([{ delivered: 1, endpointId: 'billing' }]);
    expect(await countDays(module.get<Analytics>(ANALYTICS), clock, 1)).toBe(1);
    await module.close();
  });

  it.each([0, 367, Number.NaN])('refuses a retention of %d days', (retentionDays) => {
    expect(() => AnalyticsModule.forRoot({ retentionDays })).toThrow(/retentionDays: expected 1 to 366 days/u);
  });
});
