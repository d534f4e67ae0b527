import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditStep } from '../audit/audit.step.js';
import { IdempotencyStep } from './idempotency.step.js';
import { RecordVersionStep } from './record-version.js';
import { RequestStepsInterceptor } from './request-steps.interceptor.js';

/** What stands around every handler. */
@Module({
  providers: [
    IdempotencyStep,
    AuditStep,
    RecordVersionStep,
    { provide: APP_INTERCEPTOR, useClass: RequestStepsInterceptor },
  ],
})
export class RequestsModule {}
