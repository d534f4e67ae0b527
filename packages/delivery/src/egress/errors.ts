import { createErrorFactory, defineErrorCodes } from '@postrider/core';

/** Codes of the egress guard. */
export const egressErrorCodes = defineErrorCodes({
  EGRESS_POLICY_INVALID: { summary: 'An entry of the allowed address ranges is not a CIDR range.', retryable: false },
  EGRESS_ADDRESS_BLOCKED: { summary: 'The egress policy does not allow this address.', retryable: false },
  EGRESS_NAME_UNRESOLVED: { summary: 'A host name has no address at this time.', retryable: true },
});

export type EgressErrorCode = keyof typeof egressErrorCodes;

/** Builds an error of the egress guard. Messages never name the address: that would make an oracle of the guard. */
export const egressError = createErrorFactory(egressErrorCodes);
