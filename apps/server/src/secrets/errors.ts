import { createErrorFactory, defineErrorCodes } from '@postrider/core';

/** The codes of secrets at rest. */
export const secretErrorCodes = defineErrorCodes({
  SECRET_KEY_MISSING: {
    summary: 'A stored secret is sealed with a key that this process was not given.',
    // Another process has it, or this one will after its next start: what depends on the secret waits.
    retryable: true,
  },
  SECRET_UNREADABLE: {
    summary: 'A stored secret was altered, cut off, or moved here from another record.',
    retryable: false,
  },
  SECRET_KEY_FILE_INVALID: {
    summary: 'The file that keeps the keys of stored secrets cannot be used.',
    retryable: false,
  },
});

/** Builds an error of these codes. */
export const secretError = createErrorFactory(secretErrorCodes);
