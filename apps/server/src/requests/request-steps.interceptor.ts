import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { AuditStep } from '../audit/audit.step.js';
import { IdempotencyStep } from './idempotency.step.js';
import { RecordVersionStep } from './record-version.js';
import type { Proceed, RequestStep } from './request-step.js';
import { traitsOf } from './request-traits.js';

/**
 * The one interceptor of the application. Each that a request passes costs it several observables and promises, also
 * where it does nothing: publishing has no step, and passes this one alone.
 */
@Injectable()
export class RequestStepsInterceptor implements NestInterceptor {
  @Inject(Reflector) private readonly reflector!: Reflector;
  /** From the outside in: a repetition is neither carried out nor audited. */
  readonly #steps: readonly RequestStep[];

  constructor(idempotency: IdempotencyStep, audit: AuditStep, version: RecordVersionStep) {
    this.#steps = [idempotency, audit, version];
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const traits = traitsOf(this.reflector, context);
    let proceed: Proceed | undefined;
    for (let index = this.#steps.length - 1; index >= 0; index -= 1) {
      const around = this.#steps[index]?.around(context, traits);
      if (around === undefined) continue;
      const inner = proceed ?? (() => lastValueFrom(next.handle(), { defaultValue: undefined }));
      proceed = () => around(inner);
    }
    return proceed === undefined ? next.handle() : from(proceed());
  }
}
