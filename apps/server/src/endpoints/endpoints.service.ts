import { Inject, Injectable } from '@nestjs/common';
import { generateSecret } from '@postrider/delivery';
import type { Endpoint, Page } from '@postrider/core';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { notFound } from '../http/api-error.js';
import { changeRecord, uidTaken } from '../http/change-record.js';
import type { ListRequest } from '../http/paging.js';
import { toRef } from '../http/resource-path.js';
import { toEndpointEvent } from '../operations/engine-operations.js';
import { OperationalEvents, type OperationalEventType } from '../operations/operational-events.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { checkIfMatch } from '../requests/record-version.js';
import { noteChange } from '../requests/request-trail.js';
import type { EndpointPath } from './endpoint-parameter.js';
import { EndpointRules } from './endpoint-rules.js';
import { readSecret } from './endpoint-secret.dto.js';
import { toEndpointFields, type EndpointFields, type EndpointIn, type EndpointUpsert } from './endpoint.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'random' | 'ids' | 'metrics'>;

/** An endpoint to be made, and in which application. */
interface NewEndpoint {
  readonly environmentId: string;
  readonly application: string;
  readonly input: EndpointIn;
}

/** The use cases of endpoints, but for their secrets. */
@Injectable()
export class EndpointsService {
  @Inject(OperationalEvents) private readonly events!: OperationalEvents;
  readonly #ports: Ports;
  readonly #applications: ApplicationDirectory;
  readonly #rules: EndpointRules;

  constructor(@InjectHostPorts() ports: Ports, applications: ApplicationDirectory, rules: EndpointRules) {
    this.#ports = ports;
    this.#applications = applications;
    this.#rules = rules;
  }

  async list(params: {
    readonly environmentId: string;
    readonly application: string;
    readonly request: ListRequest;
  }): Promise<Page<Endpoint>> {
    const { environmentId } = params;
    const { id } = await this.#applications.get({ environmentId, segment: params.application });
    return this.#ports.storage.listEndpoints({ environmentId, applicationId: id, page: params.request.page });
  }

  async get(path: EndpointPath): Promise<Endpoint> {
    const { id } = await this.#applications.get({ environmentId: path.environmentId, segment: path.application });
    return this.getOf({ environmentId: path.environmentId, applicationId: id, segment: path.endpoint });
  }

  /** As `get`, for callers who looked the application up already. */
  async getOf(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly segment: string;
  }): Promise<Endpoint> {
    const { environmentId, applicationId, segment } = params;
    const endpoint = toRef('ep_', segment, 'endpoint');
    const found = await this.#ports.storage.getEndpoint({ environmentId, applicationId, endpoint });
    if (found === undefined) throw notFound('endpoint');
    return found;
  }

  async create(params: NewEndpoint): Promise<Endpoint> {
    const endpoint = await this.#insert(params);
    if (endpoint === undefined) throw uidTaken('endpoint');
    return endpoint;
  }

  /** PUT: replaces what is there. Under a uid that is free it creates; under an unknown id it is 404. */
  async upsert(path: EndpointPath, body: EndpointUpsert): Promise<{ endpoint: Endpoint; created: boolean }> {
    const { environmentId, application } = path;
    const ref = toRef('ep_', path.endpoint, 'endpoint');
    // Addressed by its uid, an endpoint keeps it: otherwise the second PUT would make a second endpoint.
    const input = 'uid' in ref ? { ...body, uid: body.uid ?? ref.uid } : body;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: application });
    const found = await this.#ports.storage.getEndpoint({ environmentId, applicationId, endpoint: ref });
    if (found === undefined) {
      if ('id' in ref) throw notFound('endpoint');
      checkIfMatch(undefined);
      const endpoint = await this.#insert({ environmentId, application, input });
      if (endpoint !== undefined) return { endpoint, created: true };
      if (input.uid !== ref.uid) throw uidTaken('endpoint');
      // Somebody else created it between the two looks: then this call replaces it.
    }
    const endpoint = await this.change(path, (current) => toEndpointFields(input, current.headers));
    return { endpoint, created: false };
  }

  /** Changes what callers may decide about an endpoint. */
  async change(path: EndpointPath, edit: (current: EndpointFields) => EndpointFields): Promise<Endpoint> {
    const { environmentId } = path;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: path.application });
    let wasDisabled = true;
    const changed = await changeRecord<Endpoint>({
      kind: 'endpoint',
      load: () => this.getOf({ environmentId, applicationId, segment: path.endpoint }),
      edit: async (current) => {
        const fields = await this.#rules.check({ environmentId, fields: edit(current), before: current });
        wasDisabled = current.disabled;
        return { ...current, ...fields, disabledReason: disabledReasonOf(current, fields) };
      },
      replace: (endpoint) => this.#ports.storage.replaceEndpoint({ endpoint }),
      now: () => this.#ports.clock.now(),
    });
    this.#ports.delivery.invalidateRoutes({ applicationId });
    this.#tell('endpoint.updated', changed);
    if (changed.disabled && !wasDisabled) {
      this.#ports.metrics.counter('webhook_endpoint_disabled_total', { reason: 'manual' }).add();
    }
    return changed;
  }

  async delete(path: EndpointPath): Promise<void> {
    const { environmentId } = path;
    const endpoint = await this.get(path);
    const { id: endpointId, applicationId } = endpoint;
    checkIfMatch(endpoint);
    const deletedAt = this.#ports.clock.now();
    const result = await this.#ports.storage.deleteEndpoint({ environmentId, applicationId, endpointId, deletedAt });
    this.#ports.delivery.invalidateRoutes({ applicationId });
    if (result.outcome === 'not_found') throw notFound('endpoint');
    noteChange({ before: endpoint });
    this.#tell('endpoint.deleted', endpoint);
  }

  #tell(type: OperationalEventType, endpoint: Endpoint): void {
    this.events.emit(toEndpointEvent(endpoint, { type }));
  }

  /** `undefined` when the uid is taken. */
  async #insert(params: NewEndpoint): Promise<Endpoint | undefined> {
    const { environmentId, input } = params;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: params.application });
    const given = input.secret ?? undefined;
    const key = given === undefined ? generateSecret(this.#ports.random) : readSecret(given, 'secret');
    const fields = await this.#rules.check({ environmentId, fields: toEndpointFields(input, {}) });
    await this.#rules.checkRoom({ environmentId, applicationId });
    const now = this.#ports.clock.now();
    const endpoint: Endpoint = {
      ...fields,
      id: this.#ports.ids.next('ep_'),
      environmentId,
      applicationId,
      disabledReason: fields.disabled ? 'manual' : undefined,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const secrets = [{ scheme: 'v1' as const, key, createdAt: now }];
    const result = await this.#ports.storage.createEndpoint({ endpoint, secrets });
    if (result.outcome === 'uid_taken') return undefined;
    if (result.outcome === 'parent_missing') throw notFound('application');
    this.#ports.delivery.invalidateRoutes({ applicationId });
    noteChange({ after: result.record });
    this.#tell('endpoint.created', result.record);
    return result.record;
  }
}

/** An endpoint that was switched off by a failure keeps that reason until somebody switches it on again. */
function disabledReasonOf(current: Endpoint, { disabled }: EndpointFields): Endpoint['disabledReason'] {
  return disabled ? (current.disabledReason ?? 'manual') : undefined;
}
