import { createErrorFactory, defineErrorCodes, isPostriderError, type PostriderError } from '@postrider/core';
import type { AddressKind } from './classify-address.js';

/** Codes of the egress guard. */
export const egressErrorCodes = defineErrorCodes({
  EGRESS_POLICY_INVALID: { summary: 'An entry of the allowed address ranges is not a CIDR range.', retryable: false },
  EGRESS_ADDRESS_BLOCKED: { summary: 'The egress policy does not allow this address.', retryable: false },
  EGRESS_NAME_UNRESOLVED: { summary: 'A host name has no address at this time.', retryable: true },
});

export type EgressErrorCode = keyof typeof egressErrorCodes;

/** Builds an error of the egress guard. Messages never name the address: that would make an oracle of the guard. */
export const egressError = createErrorFactory(egressErrorCodes);

/** What the guard refused: an address of this kind, or already the text of the URL (its scheme, port, or a local name). */
export type EgressBlockReason = Exclude<AddressKind, 'public'> | 'url';

/** For an address, or for a name that has it. Its kind is for operators: tenants hear of the error kind alone. */
export function addressBlocked(message: string, kind: AddressKind): PostriderError {
  return egressError('EGRESS_ADDRESS_BLOCKED', message, { details: { reason: kind } });
}

/** Why the guard refused, when it was the guard. */
export function blockReasonOf(error: unknown): EgressBlockReason | undefined {
  if (!isPostriderError(error, 'EGRESS_ADDRESS_BLOCKED')) return undefined;
  return error.details?.['reason'] as EgressBlockReason;
}
