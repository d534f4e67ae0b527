/** One small application with each package as a module. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AnalyticsModule } from '@postrider/analytics/nestjs';
import { CacheModule } from '@postrider/cache/nestjs';
import { HealthModule } from '@postrider/health/nestjs';
import { MetricsModule } from '@postrider/metrics/nestjs';
import { ResilienceModule } from '@postrider/resilience/nestjs';
import { Invoices } from './invoices.ts';

class AppModule {}
Module({
  imports: [
    AnalyticsModule.forRoot({ retentionDays: 30 }),
    CacheModule.forRoot({ maxEntries: 1_000, defaultTtl: '5m' }),
    HealthModule.forRoot({
      checks: [{ name: 'database', criticality: 'critical', check: async () => ({ status: 'up' }) }],
    }),
    MetricsModule.forRoot({ retentionHours: 24 }),
    ResilienceModule.forRoot(),
  ],
  providers: [Invoices],
})(AppModule);

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), { logger: false });
await app.init();

const invoices = app.get(Invoices);
console.log(await Promise.all([invoices.customerOf('inv_1'), invoices.customerOf('inv_1')]));
console.log(await invoices.send('inv_1'));
console.log(await invoices.summarize());
const { statusCode } = await app.inject({ method: 'GET', url: '/health/ready' });
console.log(`ready: ${statusCode}`);
await app.close();
