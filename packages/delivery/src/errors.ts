import { createErrorFactory, defineErrorCodes, type ErrorFactory } from '@postrider/core';

/** The error codes of this package. */
export const deliveryErrorCodes = defineErrorCodes({
  DELIVERY_OVERLOADED: { summary: 'Too many publishes are waiting for their commit.', retryable: true },
  DELIVERY_STOPPED: { summary: 'The delivery engine was stopped and takes no more calls.', retryable: false },
  DELIVERY_OPTIONS_INVALID: {
    summary: 'Options of the delivery engine contradict each other or are out of range.',
    retryable: false,
  },
});

export type DeliveryErrorCode = keyof typeof deliveryErrorCodes;

/** Builds an error of this package's codes. */
export const deliveryError: ErrorFactory<DeliveryErrorCode> = createErrorFactory(deliveryErrorCodes);
