import { Injectable } from '@nestjs/common';
import { isId, type Page, type PageRequest } from '@postrider/core';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { generatePortalToken, parseApiKey } from '../auth/api-key-format.js';
import { keyTag } from '../caches/cache-names.js';
import { conflict, notFound } from '../http/api-error.js';
import { pageOf } from '../http/page-of.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { allPortalScopes } from '../portal/portal.dto.js';
import { noteChange } from '../requests/request-trail.js';
import type { IntegrationIn } from './integration.dto.js';
import { fromSetting, integrationsOf, toSetting, type Integration } from './integration-records.js';

const maxIntegrations = 100;

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'random' | 'ids' | 'invalidations'>;

interface ApplicationPath {
  readonly environmentId: string;
  /** Id or uid. */
  readonly segment: string;
}

/** Integrations of applications. Their keys see one application, as portal tokens do, but do not expire. */
@Injectable()
export class IntegrationsService {
  readonly #ports: Ports;
  readonly #applications: ApplicationDirectory;

  constructor(@InjectHostPorts() ports: Ports, applications: ApplicationDirectory) {
    this.#ports = ports;
    this.#applications = applications;
  }

  async list(path: ApplicationPath, page: PageRequest): Promise<Page<Integration>> {
    const { id } = await this.#applications.get(path);
    return pageOf(await this.#all(id), page);
  }

  async get(path: ApplicationPath, integrationId: string): Promise<Integration> {
    const { id: applicationId } = await this.#applications.get(path);
    const found = isId(integrationId, 'integ_') ? await this.#all(applicationId) : [];
    const integration = found.find(({ id }) => id === integrationId);
    if (integration === undefined) throw notFound('integration');
    return integration;
  }

  async create(path: ApplicationPath, { name, featureFlags }: IntegrationIn): Promise<Integration> {
    const { id: applicationId } = await this.#applications.get(path);
    if ((await this.#all(applicationId)).length >= maxIntegrations) {
      throw conflict('limit_reached', `The application has ${maxIntegrations} integrations, which is the limit.`);
    }
    const now = this.#ports.clock.now();
    const id = this.#ports.ids.next('integ_');
    const flags = featureFlags ?? undefined;
    const integration = { id, applicationId, name, featureFlags: flags, createdAt: now, updatedAt: now };
    await this.#ports.storage.putSetting({ setting: toSetting(integration) });
    noteChange({ after: integration });
    return integration;
  }

  async update(
    path: ApplicationPath,
    { integrationId, input }: { readonly integrationId: string; readonly input: IntegrationIn },
  ): Promise<Integration> {
    const before = await this.get(path, integrationId);
    const featureFlags = input.featureFlags ?? undefined;
    const after = { ...before, name: input.name, featureFlags, updatedAt: this.#ports.clock.now() };
    await this.#ports.storage.putSetting({ setting: toSetting(after) });
    noteChange({ before, after });
    return after;
  }

  /** Its key ends with it. */
  async delete(path: ApplicationPath, integrationId: string): Promise<void> {
    const integration = await this.get(path, integrationId);
    await this.#revoke(path.environmentId, integration);
    await this.#ports.storage.deleteSetting({ name: toSetting(integration).name });
    noteChange({ before: integration });
  }

  /** Makes a new key, and ends the one before at once. */
  async rotateKey(path: ApplicationPath, integrationId: string): Promise<string> {
    const { storage, clock, random } = this.#ports;
    const before = await this.get(path, integrationId);
    const { environmentId } = path;
    const text = generatePortalToken(random);
    const parsed = parseApiKey(text);
    if (parsed === undefined) throw new Error('A generated key is none.');
    const { applicationId, name } = before;
    const now = clock.now();
    const key = { ...parsed, environmentId, applicationId, name, scopes: allPortalScopes, createdAt: now };
    await storage.createKey({ key });
    const after = { ...before, keyId: key.id, updatedAt: now };
    await storage.putSetting({ setting: toSetting(after) });
    await this.#revoke(environmentId, before);
    noteChange({ before, after });
    return text;
  }

  async #revoke(environmentId: string, { keyId }: Integration): Promise<void> {
    if (keyId === undefined) return;
    await this.#ports.storage.revokeKey({ environmentId, keyId, revokedAt: this.#ports.clock.now() });
    this.#ports.invalidations.publish({ tags: [keyTag(keyId)] });
  }

  /** By id, which is by time. */
  async #all(applicationId: string): Promise<readonly Integration[]> {
    const settings = await this.#ports.storage.listSettings({ prefix: integrationsOf(applicationId) });
    return settings.map(fromSetting).filter((integration) => integration !== undefined);
  }
}
