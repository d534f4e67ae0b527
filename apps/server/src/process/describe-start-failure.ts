import { isPostriderError } from '@postrider/core';

/** Why the server cannot start, in the words of the part that could not: that it was a plugin tells an operator little. */
export function describeStartFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isWrapper = isPostriderError(error, 'PLUGIN_START_FAILED') && error.cause instanceof Error;
  return isWrapper ? describeStartFailure(error.cause) : error.message;
}
