import { Module } from '@nestjs/common';
import { AlertsModule } from './alerts.module.js';
import { MetricsController } from './metrics.controller.js';

/** The routes of metrics, thresholds and alerts. */
@Module({ imports: [AlertsModule], controllers: [MetricsController] })
export class AlertsApiModule {}
