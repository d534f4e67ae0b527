import { isIP } from 'node:net';
import { buildConnector, errors } from 'undici';
import { classifyAddress } from './classify-address.js';
import type { EgressPolicy } from './egress-policy.js';
import { addressBlocked } from './errors.js';
import { createGuardedLookup } from './guarded-lookup.js';
import type { Resolver } from './resolver.js';

export interface GuardedConnectorOptions {
  readonly policy: EgressPolicy;
  readonly resolve: Resolver;
  /** Limit for name resolution, TCP and TLS together, in milliseconds, kept to about half a second. Default: 5 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Certificate authorities to trust in place of the well-known ones, in PEM. */
  readonly ca?: string | undefined;
}

/**
 * Opens the sockets of webhook requests, and only to addresses that the policy allows. Checks three times, each closing
 * what the others cannot see: literals in the URL (no lookup is made for them), answers of the lookup, and the peer
 * that the socket is connected to in the end.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { policy, resolve, connectTimeoutMs = 5_000, ca } = options;
  const open = buildConnector({
    lookup: createGuardedLookup(policy, resolve),
    timeout: connectTimeoutMs,
    allowH2: false,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca }),
  });
  return (target, callback) => {
    if (isIP(target.hostname) !== 0 && !policy.allowsAddress(target.hostname)) {
      // Not at once: the client does not expect to be called back while it is still calling.
      queueMicrotask(() => callback(blocked(target.hostname), null));
      return;
    }
    open(target, (error, socket) => {
      if (error !== null) return callback(error, null);
      const peer = socket.remoteAddress;
      if (peer !== undefined && policy.allowsAddress(peer)) return callback(null, socket);
      socket.destroy();
      // A peer that is gone already has no address: that is no reason to blame it.
      callback(peer === undefined ? new errors.SocketError('other side closed') : blocked(peer), null);
    });
  };
}

function blocked(address: string): Error {
  return addressBlocked('The address is not allowed.', classifyAddress(address));
}
