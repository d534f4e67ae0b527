import { Injectable } from '@nestjs/common';
import type { Endpoint, Page } from '@postrider/core';
import type { EndpointPath } from '../endpoints/endpoint-parameter.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { notFound } from '../http/api-error.js';
import type { ListRequest } from '../http/paging.js';
import {
  findOperationalApplication,
  operationalApplication,
  operationalEnvironmentId,
} from '../operations/operational-environment.js';
import { OperationalSubscribers } from '../operations/operational-subscribers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import {
  toEndpointInput,
  type OperationalEndpointIn,
  type OperationalEndpointUpdate,
} from './operational-endpoint.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids'>;

/** Operational webhooks: endpoints like any other, of an application that nobody sees. */
@Injectable()
export class OperationalEndpointsService {
  readonly #ports: Ports;
  readonly #endpoints: EndpointsService;
  readonly #subscribers: OperationalSubscribers;

  constructor(@InjectHostPorts() ports: Ports, endpoints: EndpointsService, subscribers: OperationalSubscribers) {
    this.#ports = ports;
    this.#endpoints = endpoints;
    this.#subscribers = subscribers;
  }

  /** Where the endpoint is; 404 while the environment has none at all. */
  async pathOf(environmentId: string, endpoint: string): Promise<EndpointPath> {
    const application = await findOperationalApplication(this.#ports.storage, environmentId);
    if (application === undefined) throw notFound('endpoint');
    return toPath(environmentId, endpoint);
  }

  async list(environmentId: string, request: ListRequest): Promise<Page<Endpoint>> {
    const application = await findOperationalApplication(this.#ports.storage, environmentId);
    if (application === undefined) return { items: [], hasMore: false };
    return this.#endpoints.list({ ...toPath(environmentId, ''), request });
  }

  async create(environmentId: string, input: OperationalEndpointIn): Promise<Endpoint> {
    await this.#ensureApplication(environmentId);
    const created = await this.#endpoints.create({ ...toPath(environmentId, ''), input: toEndpointInput(input) });
    this.#subscribers.forget(environmentId);
    return created;
  }

  async upsert(
    environmentId: string,
    params: { readonly endpoint: string; readonly input: OperationalEndpointUpdate },
  ): Promise<{ endpoint: Endpoint; created: boolean }> {
    if (params.endpoint.startsWith('ep_')) await this.pathOf(environmentId, params.endpoint);
    else await this.#ensureApplication(environmentId);
    const path = toPath(environmentId, params.endpoint);
    const result = await this.#endpoints.upsert(path, toEndpointInput(params.input));
    this.#subscribers.forget(environmentId);
    return result;
  }

  async delete(environmentId: string, endpoint: string): Promise<void> {
    await this.#endpoints.delete(await this.pathOf(environmentId, endpoint));
    this.#subscribers.forget(environmentId);
  }

  /** Of two at once, one makes it and the other one finds it. */
  async #ensureApplication(environmentId: string): Promise<void> {
    const { storage, clock, ids } = this.#ports;
    if ((await findOperationalApplication(storage, environmentId)) !== undefined) return;
    const now = clock.now();
    const beside = operationalEnvironmentId(environmentId);
    const name = 'Operational webhooks';
    await storage.ensureEnvironment({ environment: { id: beside, name, createdAt: now } });
    await storage.createApplication({
      application: {
        ...{ id: ids.next('app_'), environmentId: beside, uid: operationalApplication, name },
        ...{ metadata: {}, version: 1, createdAt: now, updatedAt: now },
      },
    });
  }
}

function toPath(environmentId: string, endpoint: string): EndpointPath {
  return { environmentId: operationalEnvironmentId(environmentId), application: operationalApplication, endpoint };
}
