import { isIP } from 'node:net';
import { isBlockedPort } from './blocked-ports.js';
import { checkHostName } from './host-name.js';
import { refuse, show, type Refusal } from './validation.js';

/** Why a URL is refused. `E_ADDR` (the address is not public) is judged by the egress guard, not here. */
export type EndpointUrlCode = 'E_SYNTAX' | 'E_SCHEME' | 'E_USERINFO' | 'E_PORT' | 'E_HOST';

export interface EndpointUrlPolicy {
  /** Names that the rules for local names do not apply to: exact (`localhost`), or with subdomains (`.svc`). */
  readonly allowHosts?: readonly string[] | undefined;
  /** When given, only these ports may be used, and the list of blocked ones does not apply. */
  readonly allowPorts?: readonly number[] | undefined;
  /** Refuses `http:`. Default: false. */
  readonly requireHttps?: boolean | undefined;
}

export interface ParsedEndpointUrl {
  readonly ok: true;
  /** As the WHATWG URL parser writes it, without the fragment. */
  readonly url: string;
  /** Lower case; addresses in their normal form, IPv6 without brackets; names without a final dot. */
  readonly host: string;
}

/** Longest URL that is accepted, before and after normalisation. */
export const maxUrlLength = 2048;

/**
 * Judges a URL to which webhooks shall be sent, as far as that is possible without resolving names or knowing which
 * addresses may be reached. The raw text is checked first, because the WHATWG parser silently repairs backslashes,
 * missing and surplus slashes, tabs and line breaks: what a reviewer read would not be what is called. Everything
 * about the host is judged after parsing, because that undoes all disguises (case, percent-encoding, Unicode digits,
 * octal and hexadecimal addresses). Whoever accepts a URL must still judge `host` when it is an address, and every
 * address that a name resolves to at the moment of connecting.
 */
export function parseEndpointUrl(
  raw: unknown,
  policy: EndpointUrlPolicy = {},
): ParsedEndpointUrl | Refusal<EndpointUrlCode> {
  const text = checkRaw(raw);
  if (typeof text !== 'string') return text;
  const authority = checkAuthority(text, policy);
  if (authority !== undefined) return authority;

  const url = URL.parse(text);
  if (url === null) {
    return refuse('E_SYNTAX', `Found ${show(text)}, which is not a URL: check its host and port.`);
  }
  url.hash = '';
  const host = url.hostname.replaceAll(/^\[|\]$|\.$/g, '');
  const refusal =
    checkPort(url, policy) ?? (isIP(host) === 0 ? checkHostName(host, policy.allowHosts ?? []) : undefined);
  if (refusal !== undefined) return refusal;
  if (url.href.length > maxUrlLength) return tooLong(url.href);
  return { ok: true, url: url.href, host };
}

function checkRaw(raw: unknown): string | Refusal<EndpointUrlCode> {
  if (typeof raw !== 'string' || raw === '') {
    return refuse('E_SYNTAX', `Found ${show(raw)} as a URL; expected text such as https://example.com/webhooks.`);
  }
  if (raw.length > maxUrlLength) return tooLong(raw);
  if (/[\p{Cc}\s]/u.test(raw) || !raw.isWellFormed()) {
    return refuse(
      'E_SYNTAX',
      `Found white space or a control character in ${show(raw)}: remove it, or write it percent-encoded.`,
    );
  }
  if (raw.includes('\\')) {
    return refuse('E_SYNTAX', `Found a backslash in ${show(raw)}: write "/" or, inside a query, "%5C".`);
  }
  return raw;
}

function tooLong(url: string): Refusal<EndpointUrlCode> {
  return refuse('E_SYNTAX', `Found a URL of ${url.length} characters; expected at most ${maxUrlLength}.`);
}

function checkAuthority(text: string, policy: EndpointUrlPolicy): Refusal<EndpointUrlCode> | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(text)?.[0].toLowerCase();
  if (scheme === undefined) {
    return refuse('E_SYNTAX', `Found ${show(text)}, which has no scheme; expected it to begin with https://.`);
  }
  const schemes = policy.requireHttps === true ? ['https'] : ['https', 'http'];
  if (!schemes.includes(scheme)) {
    return refuse('E_SCHEME', `Found the scheme "${scheme}"; expected ${schemes.join(' or ')}.`);
  }
  const authority = /^:\/\/(?<authority>[^/?#]+)/.exec(text.slice(scheme.length))?.groups?.['authority'];
  if (authority === undefined) {
    return refuse('E_SYNTAX', `Found ${show(text)}; expected exactly "//" and a host behind "${scheme}:".`);
  }
  if (authority.includes('@')) {
    return refuse(
      'E_USERINFO',
      'Found a user name or password in the URL: remove everything up to "@", and send credentials in a custom header.',
    );
  }
  return undefined;
}

function checkPort(url: URL, { allowPorts }: EndpointUrlPolicy): Refusal<EndpointUrlCode> | undefined {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (allowPorts === undefined) {
    if (!isBlockedPort(port)) return undefined;
    return refuse(
      'E_PORT',
      `Found port ${port}, which belongs to another protocol than HTTP: let the receiver listen on another, such as 443.`,
    );
  }
  if (allowPorts.includes(port)) return undefined;
  return refuse('E_PORT', `Found port ${port}; expected one of ${allowPorts.join(', ')}.`);
}
