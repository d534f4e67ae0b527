import { isUtf8 } from 'node:buffer';
import { accept, refuse, type Validation } from './validation.js';

/** Largest payload, in bytes: unless configured otherwise, and in any configuration. */
export const payloadLimits = { defaultBytes: 256 * 1024, hardBytes: 1024 * 1024 } as const;

export type PayloadCode = 'payload_too_large' | 'malformed_json' | 'validation';

/**
 * The bytes that are stored, signed and sent as they are. They must be UTF-8, because the receivers' verifying
 * libraries decode them before they check the signature. Whether they are JSON is for whoever parsed the request.
 */
export function validatePayload(
  bytes: Uint8Array,
  { maxBytes = payloadLimits.defaultBytes }: { readonly maxBytes?: number } = {},
): Validation<Uint8Array, PayloadCode> {
  const limitBytes = Math.min(maxBytes, payloadLimits.hardBytes);
  if (bytes.byteLength > limitBytes) {
    return refuse(
      'payload_too_large',
      `Found a payload of ${bytes.byteLength} bytes; expected at most ${limitBytes}: send a reference to the data instead.`,
    );
  }
  if (bytes.byteLength === 0) {
    return refuse('validation', 'Found an empty payload; expected JSON: send {} when there is nothing to say.');
  }
  if (!isUtf8(bytes)) {
    return refuse('malformed_json', 'Found bytes in the payload that are not UTF-8: encode the text as UTF-8.');
  }
  return accept(bytes);
}
