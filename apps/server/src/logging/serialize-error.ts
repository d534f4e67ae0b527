import { isPostriderError } from '@postrider/core';

/** An error as it stands in the log. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | number | undefined;
  readonly details?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[] | undefined;
}

/** Long enough for every chain that means something; ends the ones that bite their tail. */
const longestChain = 6;

/**
 * What the log shows of a thrown value: named members alone. Libraries attach to their errors what they had at hand,
 * such as the parameters of a statement, and those hold payloads and secrets.
 */
export function serializeError(thrown: unknown, depth = 1): unknown {
  if (!(thrown instanceof Error)) return typeof thrown === 'object' ? { type: 'object' } : thrown;
  const { code } = thrown as { readonly code?: unknown };
  const next = (inner: unknown) => (depth < longestChain ? serializeError(inner, depth + 1) : undefined);
  return {
    type: thrown.constructor.name,
    message: thrown.message,
    stack: thrown.stack,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    details: isPostriderError(thrown) ? thrown.details : undefined,
    cause: thrown.cause === undefined ? undefined : next(thrown.cause),
    errors: thrown instanceof AggregateError ? thrown.errors.map(next) : undefined,
  } satisfies LoggedError;
}
