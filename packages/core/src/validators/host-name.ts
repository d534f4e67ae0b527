import { refuse, show, type Refusal } from './validation.js';

/** Names that never mean a host on the public internet; each stands for itself and everything below it. */
const localDomains: readonly string[] = [
  // RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476 and the name that ICANN reserved for private use
  ...['localhost', 'local', 'onion', 'home.arpa', 'alt', 'internal'],
  // Used in private networks since long before, and kept out of the public root for that reason
  ...['localdomain', 'intranet', 'private', 'corp', 'home', 'lan'],
  // Names of services inside a Kubernetes cluster, resolved through search domains
  ...['svc', 'cluster.local'],
];

const label = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;

/** Judges a host name that the URL parser has normalised, without its final dot; not for addresses. */
export function checkHostName(host: string, allowHosts: readonly string[]): Refusal<'E_SYNTAX' | 'E_HOST'> | undefined {
  const labels = host.split('.');
  if (host.length > 253 || !labels.every((text) => text.length <= 63 && label.test(text))) {
    return refuse(
      'E_SYNTAX',
      `Found the host ${show(host)}; expected labels of 1 to 63 letters, digits and inner hyphens, joined by single dots.`,
    );
  }
  if (allowHosts.some((allowed) => (allowed.startsWith('.') ? isWithin(host, allowed.slice(1)) : host === allowed))) {
    return undefined;
  }
  if (labels.length === 1 || localDomains.some((domain) => isWithin(host, domain))) {
    return refuse(
      'E_HOST',
      `Found the host ${show(host)}, which only means something inside a private network; expected a public name.`,
    );
  }
  return undefined;
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
