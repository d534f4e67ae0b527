import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditInterceptor } from '../audit/audit.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { RecordVersionInterceptor } from './record-version.js';

/** What stands around every handler. In this order from outside: a repetition is neither carried out nor audited. */
@Module({
  providers: [
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
    { provide: APP_INTERCEPTOR, useClass: RecordVersionInterceptor },
  ],
})
export class RequestsModule {}
