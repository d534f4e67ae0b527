import type { Endpoint, EndpointSecret, Random } from '@postrider/core';
import type { KeyRing } from './key-ring.js';
import { openText, rewrapText, sealedWith, sealText, type SealedPlace } from './seal.js';

/** To which endpoint secrets belong. */
export interface SecretOwner {
  readonly applicationId: string;
  readonly endpointId: string;
}

/** What of an endpoint is a secret, sealed and opened in this one place: its signing secrets and its header values. */
export class SecretCodec {
  readonly #random: Random;
  readonly #readRing: () => KeyRing;

  /** `readRing` is asked each time: the ring may be known only once the store is open. */
  constructor(deps: { readonly random: Random; readonly readRing: () => KeyRing }) {
    this.#random = deps.random;
    this.#readRing = deps.readRing;
  }

  sealEndpoint(endpoint: Endpoint): Endpoint {
    return this.#mapHeaders(endpoint, (value, place) => this.#seal(value, place));
  }

  openEndpoint(endpoint: Endpoint): Endpoint {
    return this.#mapHeaders(endpoint, (value, place) => openText(value, place, this.#readRing()));
  }

  sealSecret(secret: EndpointSecret, owner: SecretOwner): EndpointSecret {
    return { ...secret, key: this.#seal(secret.key, secretPlace(owner)) };
  }

  openSecret(secret: EndpointSecret, owner: SecretOwner): EndpointSecret {
    return { ...secret, key: openText(secret.key, secretPlace(owner), this.#readRing()) };
  }

  /** The endpoint with everything under the ring's first key; `undefined` when it is already. */
  resealEndpoint(endpoint: Endpoint): Endpoint | undefined {
    if (!Object.values(endpoint.headers).some((value) => this.#isBehind(value))) return undefined;
    return this.#mapHeaders(endpoint, (value, place) => this.#reseal(value, place));
  }

  /** The secrets with everything under the ring's first key; `undefined` when they are already. */
  resealSecrets(secrets: readonly EndpointSecret[], owner: SecretOwner): EndpointSecret[] | undefined {
    if (!secrets.some(({ key }) => this.#isBehind(key))) return undefined;
    return secrets.map((secret) => ({ ...secret, key: this.#reseal(secret.key, secretPlace(owner)) }));
  }

  #seal(text: string, place: SealedPlace): string {
    const { primary } = this.#readRing();
    return primary === undefined ? text : sealText(text, place, { key: primary, random: this.#random });
  }

  #reseal(stored: string, place: SealedPlace): string {
    const ring = this.#readRing();
    if (ring.primary === undefined || !this.#isBehind(stored)) return stored;
    return rewrapText(stored, place, { key: ring.primary, ring, random: this.#random });
  }

  #isBehind(stored: string): boolean {
    const { primary } = this.#readRing();
    return primary !== undefined && sealedWith(stored) !== primary.id;
  }

  #mapHeaders(endpoint: Endpoint, map: (value: string, place: SealedPlace) => string): Endpoint {
    const entries = Object.entries(endpoint.headers);
    if (entries.length === 0) return endpoint;
    const { applicationId, id } = endpoint;
    const headers = entries.map(([name, value]) => [
      name,
      map(value, ['endpoints', 'headers', applicationId, id, name]),
    ]);
    return { ...endpoint, headers: Object.fromEntries(headers) as Record<string, string> };
  }
}

function secretPlace({ applicationId, endpointId }: SecretOwner): SealedPlace {
  return ['endpoint_secrets', 'key', applicationId, endpointId];
}
