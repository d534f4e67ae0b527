import { Injectable } from '@nestjs/common';
import { generateSecret } from '@postrider/delivery';
import { coreError, type EndpointSecret } from '@postrider/core';
import { conflict, invalidAt, notFound } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { readSecret, type SecretRotateIn } from './endpoint-secret.dto.js';
import type { EndpointPath } from './endpoint-parameter.js';
import { EndpointsService } from './endpoints.service.js';

const defaultGraceSeconds = 86_400;
const maxOldSecrets = 5;
const maxTries = 10;

/** Reads and rotates the signing secrets of endpoints. */
@Injectable()
export class EndpointSecretsService {
  readonly #ports: Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'random'>;
  readonly #endpoints: EndpointsService;

  constructor(
    @InjectHostPorts() ports: Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'random'>,
    endpoints: EndpointsService,
  ) {
    this.#ports = ports;
    this.#endpoints = endpoints;
  }

  /** The secret that receivers should verify with. */
  async getCurrent(path: EndpointPath): Promise<string> {
    const { id, applicationId } = await this.#endpoints.get(path);
    const current = currentOf(await this.#load({ environmentId: path.environmentId, applicationId, endpointId: id }));
    if (current === undefined) throw notFound('secret');
    return current.key;
  }

  /**
   * Puts a new secret in front; the one before signs along until its grace period ends. At most five old ones sign at
   * once (409). Of concurrent rotations each takes effect, one after the other.
   */
  async rotate(path: EndpointPath, input: SecretRotateIn): Promise<void> {
    const { environmentId } = path;
    const { id: endpointId, applicationId } = await this.#endpoints.get(path);
    const given = input?.key ?? undefined;
    const key = given === undefined ? generateSecret(this.#ports.random) : readSecret(given, 'key');
    const graceMs = (input?.gracePeriodSeconds ?? defaultGraceSeconds) * 1_000;
    for (let tries = 0; tries < maxTries; tries += 1) {
      const expected = await this.#load({ environmentId, applicationId, endpointId });
      const secrets = this.#rotated({ secrets: expected, key, graceMs });
      const result = await this.#ports.storage.replaceEndpointSecrets({
        ...{ environmentId, applicationId, endpointId },
        ...{ expected, secrets },
      });
      if (result.outcome === 'not_found') throw notFound('endpoint');
      if (result.outcome === 'version_mismatch') continue;
      this.#ports.delivery.invalidateRoutes({ applicationId });
      return;
    }
    throw coreError('STORAGE_CONFLICT', `The secrets were changed by others ${maxTries} times while being rotated.`);
  }

  #rotated(params: {
    readonly secrets: readonly EndpointSecret[];
    readonly key: string;
    readonly graceMs: number;
  }): EndpointSecret[] {
    const now = this.#ports.clock.now();
    const live = params.secrets.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
    if (currentOf(live)?.key === params.key) {
      throw invalidAt(['body', 'key'], 'This is the current secret already.', 'invalid_secret');
    }
    const untouched = live.filter(({ scheme }) => scheme !== 'v1');
    const retired = live
      .filter(({ scheme, key }) => scheme === 'v1' && key !== params.key)
      .map((secret) => ({ ...secret, expiresAt: secret.expiresAt ?? new Date(now.getTime() + params.graceMs) }))
      .filter(({ expiresAt }) => expiresAt > now);
    if (retired.length > maxOldSecrets) {
      throw conflict('limit_reached', `${maxOldSecrets} old secrets sign along already: wait until one has expired.`);
    }
    return [{ scheme: 'v1', key: params.key, createdAt: now }, ...retired, ...untouched];
  }

  async #load(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly endpointId: string;
  }): Promise<readonly EndpointSecret[]> {
    const secrets = await this.#ports.storage.getEndpointSecrets(params);
    if (secrets === undefined) throw notFound('endpoint');
    return secrets;
  }
}

function currentOf(secrets: readonly EndpointSecret[]): EndpointSecret | undefined {
  return secrets.find(({ scheme, expiresAt }) => scheme === 'v1' && expiresAt === undefined);
}
