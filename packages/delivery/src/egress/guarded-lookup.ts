import type { LookupFunction } from 'node:net';
import type { EgressPolicy } from './egress-policy.js';
import { classifyAddress } from './classify-address.js';
import { addressBlocked, egressError } from './errors.js';
import type { ResolvedAddress, Resolver } from './resolver.js';

/**
 * The lookup of a socket that refuses a name as soon as *any* of its addresses is not allowed: sockets try several
 * addresses, so one bad answer among good ones would be connected to. Resolving here, and nowhere earlier, leaves no
 * time for the answer to change between check and use.
 * Fails with `EGRESS_ADDRESS_BLOCKED`, or with `EGRESS_NAME_UNRESOLVED` when there is no address.
 */
export function createGuardedLookup(policy: EgressPolicy, resolve: Resolver): LookupFunction {
  return (hostname, options, callback) => {
    const succeed = (addresses: readonly ResolvedAddress[]): void => {
      const refused = addresses.find(({ address }) => !policy.allowsAddress(address));
      if (refused !== undefined) {
        const kind = classifyAddress(refused.address);
        return callback(addressBlocked('The name has an address that is not allowed.', kind), []);
      }
      const usable = addresses.filter(({ family }) => isWanted(family, options.family));
      const [first] = usable;
      if (first === undefined) {
        return callback(egressError('EGRESS_NAME_UNRESOLVED', 'The name has no address.'), []);
      }
      // Node asks for all addresses unless the choice of the address family is off.
      if (options.all === true) return callback(null, [...usable]);
      callback(null, first.address, first.family);
    };
    const fail = (cause: unknown): void => {
      callback(egressError('EGRESS_NAME_UNRESOLVED', 'The name could not be resolved.', { cause }), []);
    };
    resolve(stripRootDot(hostname)).then(succeed, fail);
  };
}

/** `example.com.` and `example.com` are the same name; rules and caches know it without the dot. */
function stripRootDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}

function isWanted(family: 4 | 6, wanted: number | 'IPv4' | 'IPv6' | undefined): boolean {
  if (wanted === undefined || wanted === 0) return true;
  return wanted === family || wanted === `IPv${family}`;
}
