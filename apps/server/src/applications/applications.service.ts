import { Injectable } from '@nestjs/common';
import type { Application, Page } from '@postrider/core';
import { portalTokensTag } from '../caches/cache-names.js';
import { invalidAt, notFound } from '../http/api-error.js';
import { changeRecord, uidTaken } from '../http/change-record.js';
import type { ListRequest } from '../http/paging.js';
import { toRef } from '../http/resource-path.js';
import { integrationsOf } from '../integrations/integration-records.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { checkIfMatch } from '../requests/record-version.js';
import { noteChange } from '../requests/request-trail.js';
import { ApplicationDirectory } from './application-directory.js';
import { patchApplication, toApplicationFields, type ApplicationIn, type ApplicationPatch } from './application.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'ids' | 'invalidations'>;

/** An application, and whether this call made it. */
export interface CreatedOrFound {
  readonly application: Application;
  readonly created: boolean;
}

/** The use cases of applications. */
@Injectable()
export class ApplicationsService {
  readonly #ports: Ports;
  readonly #directory: ApplicationDirectory;

  constructor(@InjectHostPorts() ports: Ports, directory: ApplicationDirectory) {
    this.#ports = ports;
    this.#directory = directory;
  }

  list(params: { readonly environmentId: string; readonly request: ListRequest }): Promise<Page<Application>> {
    return this.#ports.storage.listApplications({ environmentId: params.environmentId, page: params.request.page });
  }

  get(params: { readonly environmentId: string; readonly segment: string }): Promise<Application> {
    return this.#directory.get(params);
  }

  /**
   * For publishing: the application, at most 2 s old, or a new one made of `input` under the uid of the path. 404 when
   * there is neither.
   */
  async findOrCreate(params: {
    readonly environmentId: string;
    readonly segment: string;
    readonly input: ApplicationIn | undefined;
  }): Promise<Application> {
    const { environmentId, segment, input } = params;
    const known = await this.#directory.findCached({ environmentId, segment });
    if (known !== undefined) return known;
    const ref = toRef('app_', segment, 'application');
    if (input === undefined || 'id' in ref) throw notFound('application');
    const uid = input.uid ?? ref.uid;
    if (uid !== ref.uid) {
      throw invalidAt(['body', 'application', 'uid'], 'Must be the uid of the path, or left out.');
    }
    const { application } = await this.create({ environmentId, input: { ...input, uid }, getIfExists: true });
    return application;
  }

  /** Says that what is cached of the application is out of date. */
  forget(application: Application): void {
    this.#directory.forget(application);
    this.#ports.delivery.invalidateRoutes({ applicationId: application.id });
  }

  /** 409 when the uid is taken, unless `getIfExists`: then the application that has it. */
  async create(params: {
    readonly environmentId: string;
    readonly input: ApplicationIn;
    readonly getIfExists?: boolean | undefined;
  }): Promise<CreatedOrFound> {
    const { environmentId, input, getIfExists = false } = params;
    const uid = input.uid ?? undefined;
    if (getIfExists && uid !== undefined) {
      const found = await this.#ports.storage.getApplication({ environmentId, application: { uid } });
      if (found !== undefined) return { application: found, created: false };
    }
    const application = await this.#insert(environmentId, input);
    if (application !== undefined) return { application, created: true };
    if (!getIfExists || uid === undefined) throw uidTaken('application');
    // Somebody else created it between the two looks.
    const found = await this.#directory.get({ environmentId, segment: uid });
    return { application: found, created: false };
  }

  /** PUT: replaces what is there. Under a uid that is free it creates; under an unknown id it is 404. */
  async upsert(params: {
    readonly environmentId: string;
    readonly segment: string;
    readonly input: ApplicationIn;
  }): Promise<CreatedOrFound> {
    const { environmentId, segment } = params;
    const ref = toRef('app_', segment, 'application');
    // Addressed by its uid, an application keeps it: otherwise the second PUT would make a second application.
    const input = 'uid' in ref ? { ...params.input, uid: params.input.uid ?? ref.uid } : params.input;
    if ((await this.#directory.find({ environmentId, segment })) === undefined) {
      if ('id' in ref) throw notFound('application');
      checkIfMatch(undefined);
      const application = await this.#insert(environmentId, input);
      if (application !== undefined) return { application, created: true };
      if (input.uid !== ref.uid) throw uidTaken('application');
      // Somebody else created it between the two looks: then this call replaces it.
    }
    const fields = toApplicationFields(input);
    const application = await this.#change({ environmentId, segment, edit: (current) => ({ ...current, ...fields }) });
    return { application, created: false };
  }

  patch(params: {
    readonly environmentId: string;
    readonly segment: string;
    readonly patch: ApplicationPatch;
  }): Promise<Application> {
    const { environmentId, segment, patch } = params;
    return this.#change({ environmentId, segment, edit: (current) => patchApplication(current, patch) });
  }

  async delete(params: { readonly environmentId: string; readonly segment: string }): Promise<void> {
    const application = await this.#directory.get(params);
    checkIfMatch(application);
    const result = await this.#ports.storage.deleteApplication({
      environmentId: params.environmentId,
      applicationId: application.id,
      deletedAt: this.#ports.clock.now(),
    });
    this.forget(application);
    if (result.outcome === 'not_found') throw notFound('application');
    await this.#endAccess(application);
    noteChange({ before: application });
  }

  /** Portal tokens and integrations end with their application. */
  async #endAccess({ environmentId, id: applicationId }: Application): Promise<void> {
    const { storage, clock, invalidations } = this.#ports;
    await storage.revokePortalTokens({ environmentId, applicationId, revokedAt: clock.now() });
    invalidations.publish({ tags: [portalTokensTag(applicationId)] });
    const integrations = await storage.listSettings({ prefix: integrationsOf(applicationId) });
    for (const { name } of integrations) await storage.deleteSetting({ name });
  }

  async #insert(environmentId: string, input: ApplicationIn): Promise<Application | undefined> {
    const now = this.#ports.clock.now();
    const application: Application = {
      ...toApplicationFields(input),
      id: this.#ports.ids.next('app_'),
      environmentId,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const result = await this.#ports.storage.createApplication({ application });
    if (result.outcome !== 'created') return undefined;
    noteChange({ after: result.record });
    return result.record;
  }

  async #change(params: {
    readonly environmentId: string;
    readonly segment: string;
    readonly edit: (current: Application) => Application;
  }): Promise<Application> {
    const application = await changeRecord({
      kind: 'application',
      load: () => this.#directory.find(params),
      edit: (current) => {
        this.forget(current);
        return params.edit(current);
      },
      replace: (next) => this.#ports.storage.replaceApplication({ application: next }),
      now: () => this.#ports.clock.now(),
    });
    this.forget(application);
    return application;
  }
}
