import type { Application } from '../domain/application.js';
import type { Endpoint, EndpointSecret, EndpointState } from '../domain/endpoint.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { ResourceRef } from '../domain/resource-ref.js';
import type { PostriderError } from '../errors.js';
import type { CreateResult, EndingDeleteResult, EndingReplaceResult } from './store-results.js';

/** Everything delivery needs to know about an endpoint, in one read. */
export interface RoutedEndpoint {
  readonly endpoint: Endpoint;
  /**
   * Current secrets first, then rotated ones. One that has expired may still be among them: who signs looks at
   * `expiresAt`, because a routing table is read once and used for a while.
   */
  readonly secrets: readonly EndpointSecret[];
  readonly state: EndpointState;
  /** See `FailureRun`; absent while the endpoint does not fail. */
  readonly failingSince?: Date | undefined;
  /**
   * Why nothing can be sent to it now, such as a secret that does not open; who delivers throws it, and what is
   * retryable waits. Set by hosts that wrap a storage; adapters leave it out.
   */
  readonly fault?: PostriderError | undefined;
}

/** An application with all its endpoints: what the compiled routing table is made of. */
export interface ApplicationRoutes {
  readonly application: Application;
  /** Oldest first; disabled ones too. */
  readonly endpoints: readonly RoutedEndpoint[];
}

/** Endpoints, their secrets and their state. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface EndpointStore {
  /** Stores the endpoint with its first secrets. `parent_missing` when the application does not exist. */
  createEndpoint(params: {
    endpoint: Endpoint;
    secrets: readonly EndpointSecret[];
    signal?: AbortSignal;
  }): Promise<CreateResult<Endpoint>>;

  /** `undefined` when the application has no such endpoint. */
  getEndpoint(params: {
    environmentId: string;
    applicationId: string;
    endpoint: ResourceRef;
    signal?: AbortSignal;
  }): Promise<Endpoint | undefined>;

  /** By id. */
  listEndpoints(params: {
    environmentId: string;
    applicationId: string;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<Endpoint>>;

  /**
   * Replaces every field but the ids and `createdAt`, if the stored version is `endpoint.version - 1`.
   * When the endpoint becomes disabled, its pending deliveries become `dead_letter(endpoint_disabled)` (`endpoint_gone`
   * when `disabledReason` is `gone`) before the promise resolves; those in flight are left to their worker. The
   * change, the deliveries and the rollups that count them are one transaction, but for backlogs that would hold the
   * store up: an adapter may end those in slices, and what a crash leaves is settled by the worker that claims it. The
   * answer tells of all that was ended, once, so that it can be counted elsewhere too. Replacing an endpoint that was
   * disabled already touches no delivery. The secrets and the state stay. Its failure run ends when `disabled` changes.
   * With `failingSince` it is also a `version_mismatch` when the endpoint has no failure run that began then.
   */
  replaceEndpoint(params: {
    endpoint: Endpoint;
    failingSince?: Date | undefined;
    signal?: AbortSignal;
  }): Promise<EndingReplaceResult<Endpoint>>;

  /**
   * Removes the endpoint, its secrets and state; its pending deliveries become `cancelled(endpoint_deleted)`, in the
   * way of `replaceEndpoint`; those in flight are left to their worker.
   */
  deleteEndpoint(params: {
    environmentId: string;
    applicationId: string;
    endpointId: string;
    deletedAt: Date;
    signal?: AbortSignal;
  }): Promise<EndingDeleteResult>;

  /** All stored secrets, newest first, expired ones too; `undefined` when there is no such endpoint. */
  getEndpointSecrets(params: {
    environmentId: string;
    applicationId: string;
    endpointId: string;
    signal?: AbortSignal;
  }): Promise<readonly EndpointSecret[] | undefined>;

  /**
   * Replaces all secrets of an endpoint, if the stored ones still are `expected` (compared by key, order ignored):
   * of two concurrent rotations one gets `version_mismatch`.
   */
  replaceEndpointSecrets(params: {
    environmentId: string;
    applicationId: string;
    endpointId: string;
    expected: readonly EndpointSecret[];
    secrets: readonly EndpointSecret[];
    signal?: AbortSignal;
  }): Promise<{ readonly outcome: 'replaced' | 'not_found' | 'version_mismatch' }>;

  /** The routing table of one application, in a constant number of queries; `undefined` when it does not exist. */
  loadRoutes(params: { applicationId: string; signal?: AbortSignal }): Promise<ApplicationRoutes | undefined>;
}
