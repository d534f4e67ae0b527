import { z } from 'zod';
import { validateCustomHeaders } from '@postrider/core';
import { invalidAt } from '../http/api-error.js';
import { checkedBy } from '../http/schemas/fields.js';

const sensitiveName =
  /^(authorization|www-authenticate|x-api-key|api-key|.*(token|secret|password|credential|signature)s?)$/;

/** Custom request headers by name. The names come out in lower case. */
export function customHeaders() {
  return checkedBy(z.record(z.string(), z.string()), validateCustomHeaders);
}

/** Body of PUT. */
export const headersIn = z.strictObject({ headers: customHeaders() }).meta({ id: 'EndpointHeadersIn' });

/** Body of PATCH: the headers are added or replaced, those of `deleteHeaders` removed. */
export const headersPatch = z
  .strictObject({
    headers: customHeaders().optional(),
    deleteHeaders: z.array(z.string().max(64).toLowerCase()).max(100).optional(),
  })
  .meta({ id: 'EndpointHeadersPatchIn' });

export const headersOut = z
  .object({
    headers: z.record(z.string(), z.string()),
    sensitive: z.array(z.string()).meta({ description: 'Names of headers whose values are not shown.' }),
  })
  .meta({ id: 'EndpointHeadersOut' });

export type HeadersIn = z.output<typeof headersIn>;
export type HeadersPatch = z.output<typeof headersPatch>;
export type HeadersOut = z.output<typeof headersOut>;

/** The headers with the changes of a PATCH. 422 when they break a limit only together. */
export function patchHeaders(
  current: Readonly<Record<string, string>>,
  { headers = {}, deleteHeaders = [] }: HeadersPatch,
): Readonly<Record<string, string>> {
  const kept = Object.entries(current).filter(([name]) => !deleteHeaders.includes(name));
  const together = validateCustomHeaders({ ...Object.fromEntries(kept), ...headers });
  if (together.ok) return together.value;
  throw invalidAt(['body', 'headers'], together.message, together.code);
}

/** What may be shown of the headers: values that look like credentials are only named. */
export function toHeadersOut(headers: Readonly<Record<string, string>>): HeadersOut {
  const entries = Object.entries(headers);
  return {
    headers: Object.fromEntries(entries.filter(([name]) => !sensitiveName.test(name))),
    sensitive: entries.map(([name]) => name).filter((name) => sensitiveName.test(name)),
  };
}
