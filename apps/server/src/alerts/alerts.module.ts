import { Module } from '@nestjs/common';
import { AlertEvaluation } from './alert-evaluation.js';
import { StoredThresholds } from './stored-thresholds.js';

/** Thresholds on metrics, and who hears when they are exceeded. */
@Module({ providers: [StoredThresholds, AlertEvaluation], exports: [StoredThresholds] })
export class AlertsModule {}
