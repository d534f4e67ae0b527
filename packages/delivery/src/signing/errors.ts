import { createErrorFactory, defineErrorCodes } from '@postrider/core';

/** Signing fails only when stored data is broken: the API refuses such secrets. */
export const signingErrorCodes = defineErrorCodes({
  SIGNING_SECRET_INVALID: { summary: 'A signing secret is not well-formed.', retryable: false },
  SIGNING_NO_LIVE_SECRET: { summary: 'An endpoint has no signing secret that is still valid.', retryable: false },
});

export type SigningErrorCode = keyof typeof signingErrorCodes;

/** Builds an error of signing. Never carries key material. */
export const signingError = createErrorFactory(signingErrorCodes);
