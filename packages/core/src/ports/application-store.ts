import type { Application } from '../domain/application.js';
import type { Environment } from '../domain/environment.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { ResourceRef } from '../domain/resource-ref.js';
import type { CreateResult, EndingDeleteResult, ReplaceResult } from './store-results.js';

/** Environments and applications. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface ApplicationStore {
  /** Inserts the environment unless its id exists; returns the stored one. Idempotent. */
  ensureEnvironment(params: { environment: Environment; signal?: AbortSignal }): Promise<Environment>;

  /** All environments, oldest first. */
  listEnvironments(params: { signal?: AbortSignal }): Promise<readonly Environment[]>;

  /**
   * `parent_missing` when the environment does not exist, `uid_taken` when another application of it has the uid;
   * nothing is written then.
   */
  createApplication(params: { application: Application; signal?: AbortSignal }): Promise<CreateResult<Application>>;

  /** `undefined` when the environment has no such application. */
  getApplication(params: {
    environmentId: string;
    application: ResourceRef;
    signal?: AbortSignal;
  }): Promise<Application | undefined>;

  /** By id. */
  listApplications(params: {
    environmentId: string;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Application>>;

  /**
   * Replaces every field but `id`, `environmentId` and `createdAt`, if the stored version is
   * `application.version - 1`; otherwise `version_mismatch` and nothing is written.
   */
  replaceApplication(params: { application: Application; signal?: AbortSignal }): Promise<ReplaceResult<Application>>;

  /**
   * Removes the application and its endpoints; its unfinished deliveries, those in flight too, become
   * `cancelled(endpoint_deleted)`, in the way of `replaceEndpoint`. Messages, deliveries and attempts stay until
   * retention takes them.
   */
  deleteApplication(params: {
    environmentId: string;
    applicationId: string;
    deletedAt: Date;
    signal?: AbortSignal;
  }): Promise<EndingDeleteResult>;
}
