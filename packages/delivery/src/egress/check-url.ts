import { isIP } from 'node:net';
import { parseEndpointUrl, type EndpointUrlCode, type ParsedEndpointUrl, type Refusal } from '@postrider/core';
import type { EgressPolicy } from './egress-policy.js';

/** Why webhooks cannot be sent to a URL. `E_ADDR`: its host is an address that the policy does not allow. */
export type UrlCode = EndpointUrlCode | 'E_ADDR';

/**
 * Judges the URL of an endpoint, as far as that is possible without resolving its name: the rules for the text first,
 * then an address that stands in it. Names are judged again, by their addresses, at every connection.
 * The answer to an address that is not allowed is always the same, so that nobody learns what is there.
 */
export function checkUrl(raw: unknown, policy: EgressPolicy): ParsedEndpointUrl | Refusal<UrlCode> {
  const parsed = parseEndpointUrl(raw, policy.urlPolicy);
  if (!parsed.ok || isIP(parsed.host) === 0 || policy.allowsAddress(parsed.host)) return parsed;
  const message = 'Found an address that webhooks are not sent to; expected a public one.';
  return { ok: false, code: 'E_ADDR', message };
}
