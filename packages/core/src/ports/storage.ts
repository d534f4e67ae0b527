import { definePort } from '../plugin/define-port.js';
import type { ApplicationStore } from './application-store.js';
import type { AttemptStore } from './attempt-store.js';
import type { AuditStore } from './audit-store.js';
import type { ConsumerStore } from './consumer-store.js';
import type { DeliveryStore } from './delivery-store.js';
import type { EndpointStore } from './endpoint-store.js';
import type { EventTypeStore } from './event-type-store.js';
import type { FailureStore } from './failure-store.js';
import type { JobLockStore } from './job-lock-store.js';
import type { KeyStore } from './key-store.js';
import type { MessageStore } from './message-store.js';
import type { RequestStore } from './request-store.js';
import type { RetentionStore } from './retention-store.js';
import type { RollupStore } from './rollup-store.js';
import type { SettingStore } from './setting-store.js';
import type { TaskStore } from './task-store.js';

/** What an adapter can do, declared and asserted both ways by the conformance suite. */
export interface StorageCapabilities {
  /** What was acknowledged survives the loss of the process and of power. */
  readonly durable: boolean;
  /** Several instances, in one process or in many, may work on the same data at once. */
  readonly multiProcess: boolean;
}

export interface StorageHealth {
  readonly healthy: boolean;
  /** Round trip of a trivial statement, in milliseconds. */
  readonly latencyMs: number;
  /** What the clock of the store said in the middle of that round trip; absent where it has none of its own. */
  readonly now?: Date | undefined;
  /** What is wrong, in words for an operator; absent when healthy. */
  readonly problem?: string | undefined;
}

/** Opening, checking and closing. */
export interface StorageLifecycle {
  readonly capabilities: StorageCapabilities;

  /**
   * Opens the store and brings its schema up to date, under a lock, so that several processes may start at once.
   * Must have resolved before any other method is called. A store that only one process may use lets all leases run
   * out here: whoever held them is gone. Rejects with `STORAGE_SCHEMA_TOO_NEW` when a newer binary
   * made a breaking change, `STORAGE_LOCKED` when another process owns a single-process store.
   */
  migrate(params: { signal?: AbortSignal }): Promise<void>;

  /** Never rejects; before `migrate` and after `close` the store is not healthy. */
  health(params: { signal?: AbortSignal }): Promise<StorageHealth>;

  /** Releases everything. Later calls of other methods, `migrate` too, reject with `STORAGE_CLOSED`. Safe to call twice. */
  close(): Promise<void>;
}

/** All that Postrider keeps. One provider; split by role so that each part can be read and wrapped alone. */
export interface Storage
  extends
    ApplicationStore,
    EndpointStore,
    EventTypeStore,
    MessageStore,
    DeliveryStore,
    AttemptStore,
    FailureStore,
    KeyStore,
    RequestStore,
    AuditStore,
    JobLockStore,
    SettingStore,
    RollupStore,
    TaskStore,
    ConsumerStore,
    RetentionStore,
    StorageLifecycle {}

/** The storage of the host. */
export const Storage = definePort<Storage>({ id: 'postrider.storage', version: 1 });
