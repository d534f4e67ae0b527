import type { Endpoint, EndpointSecret, PostriderError, RoutedEndpoint } from '@postrider/core';
import { createSigner, type Signer } from '../signing/signer.js';

/** One endpoint, ready to be sent to. Immutable but for what it builds on first use. */
export class RouteTarget {
  readonly endpoint: Endpoint;
  /** Milliseconds since 1970; 0 when the receiver never asked for a pause. */
  readonly pausedUntilMs: number;
  /** See `EndpointState.learned`. */
  readonly learned: string | undefined;
  /** See `FailureRun`; milliseconds since 1970, absent while the endpoint does not fail. */
  readonly failingSinceMs: number | undefined;
  readonly #secrets: readonly EndpointSecret[];
  readonly #fault: PostriderError | undefined;
  #signer: Signer | undefined;
  #headers: Readonly<Record<string, string>> | undefined;

  constructor(routed: RoutedEndpoint, signer?: Signer) {
    this.endpoint = routed.endpoint;
    this.pausedUntilMs = routed.state.pausedUntil?.getTime() ?? 0;
    this.learned = routed.state.learned;
    this.failingSinceMs = routed.failingSince?.getTime();
    this.#secrets = routed.secrets;
    this.#fault = routed.fault;
    this.#signer = signer;
  }

  /** Throws the errors of `createSigner`, because stored secrets may be broken, and the endpoint's own fault. */
  get signer(): Signer {
    if (this.#fault !== undefined) throw this.#fault;
    return (this.#signer ??= createSigner(this.#secrets));
  }

  /** The headers that are the same in every request. Custom ones may replace `user-agent`, not `content-type`. */
  headers(userAgent: string): Readonly<Record<string, string>> {
    return (this.#headers ??= {
      'user-agent': userAgent,
      ...this.endpoint.headers,
      'content-type': 'application/json',
    });
  }

  /** The same endpoint as read later. Keeps the signer unless the secrets changed: importing keys is not free. */
  refreshed(routed: RoutedEndpoint): RouteTarget {
    return new RouteTarget(routed, sameSecrets(this.#secrets, routed.secrets) ? this.#signer : undefined);
  }
}

function sameSecrets(left: readonly EndpointSecret[], right: readonly EndpointSecret[]): boolean {
  return (
    left.length === right.length &&
    left.every((secret, index) => {
      const other = right[index];
      return secret.key === other?.key && secret.expiresAt?.getTime() === other.expiresAt?.getTime();
    })
  );
}
