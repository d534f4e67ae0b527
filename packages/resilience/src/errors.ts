/** What a code means, for people and for callers that decide whether to try again. */
interface ErrorCodeInfo {
  /** One sentence: what happened. */
  readonly summary: string;
  /** The same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}

function defineErrorCodes<const Codes extends Record<string, ErrorCodeInfo>>(codes: Codes): Codes {
  return codes;
}

/** Why a call was not made, or not waited for. */
export const resilienceErrorCodes = defineErrorCodes({
  CALL_TIMED_OUT: { summary: 'A call did not end in time.', retryable: true },
  BREAKER_OPEN: { summary: 'A circuit breaker allows no call now.', retryable: true },
  RATE_LIMIT_EXCEEDED: { summary: 'A rate limit lets no call pass now.', retryable: true },
  BULKHEAD_FULL: { summary: 'As many calls run and wait as may.', retryable: true },
  SHARED_STATE_UNAVAILABLE: {
    summary: 'The store of shared breaker and limiter state did not answer.',
    retryable: true,
  },
  RESILIENCE_MODULE_MISSING: {
    summary:
      'A decorated method was called on an object that was not made by a Nest application with `ResilienceModule`.',
    retryable: false,
  },
});

export type ResilienceErrorCode = keyof typeof resilienceErrorCodes;

// The registered symbol of all errors of Postrider: `isPostriderError` of any package recognises these, too.
const brand = Symbol.for('postrider.error');

/** A call that was refused or given up. */
export class ResilienceError extends Error {
  readonly [brand] = true;
  readonly code: ResilienceErrorCode;
  readonly retryable: boolean;
  /** Facts for logs and answers. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** When to ask again; `undefined` where nobody can say. */
  readonly retryAt: Date | undefined;

  constructor(
    code: ResilienceErrorCode,
    message: string,
    options: { readonly retryAt?: Date | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ResilienceError';
    this.code = code;
    this.retryable = resilienceErrorCodes[code].retryable;
    this.retryAt = options.retryAt;
    this.details = options.retryAt === undefined ? undefined : { retryAt: options.retryAt.toISOString() };
  }
}

/** Recognises errors of any copy of this package; with `code`, only those that carry it. */
export function isResilienceError(error: unknown, code?: ResilienceErrorCode): error is ResilienceError {
  if (!(error instanceof Error) || !(brand in error) || !('code' in error)) return false;
  return code === undefined ? Object.hasOwn(resilienceErrorCodes, String(error.code)) : error.code === code;
}
