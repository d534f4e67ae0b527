import { z } from 'zod';
import { parseSigningSecret } from '@postrider/delivery';
import { invalidAt } from '../http/api-error.js';

export const secretOut = z.object({ key: z.string() }).meta({ id: 'EndpointSecretOut' });

/** Body of rotate; may be left out altogether. */
export const secretRotateIn = z
  .strictObject({
    key: z.string().max(256).nullish(),
    gracePeriodSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .nullish()
      .meta({ description: 'How long the old secret still signs, in seconds; a day when absent, 0 when it leaked.' }),
  })
  .nullish()
  .meta({ id: 'EndpointSecretRotateIn' });

export type SecretOut = z.output<typeof secretOut>;
export type SecretRotateIn = z.output<typeof secretRotateIn>;

/** A secret that a caller brings: base64 of 24 to 64 bytes, with or without `whsec_`. Returns the form to store. */
export function readSecret(text: string, field: string): string {
  const parsed = parseSigningSecret(/^wh[a-z]+_/.test(text) ? text : `whsec_${text}`);
  if (!parsed.ok) throw invalidAt(['body', field], parsed.problem, 'invalid_secret');
  if (parsed.secret.scheme === 'v1') return parsed.secret.text;
  throw invalidAt(['body', field], 'Expected a symmetric secret (whsec_…).', 'invalid_secret');
}
