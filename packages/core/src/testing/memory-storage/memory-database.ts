import type { ApiKey } from '../../domain/api-key.js';
import type { Application } from '../../domain/application.js';
import type { Attempt } from '../../domain/attempt.js';
import type { AuditEntry } from '../../domain/audit-entry.js';
import type { Delivery } from '../../domain/delivery.js';
import type { Endpoint, EndpointSecret, EndpointState } from '../../domain/endpoint.js';
import type { Environment } from '../../domain/environment.js';
import type { EventType } from '../../domain/event-type.js';
import type { Message } from '../../domain/message.js';
import type { StoredAnswer } from '../../ports/request-store.js';
import type { Setting } from '../../ports/setting-store.js';
import type { Task } from '../../domain/task.js';
import { MemoryRollups } from '../../rollup/memory-rollups.js';
import { DeliveryLine, type LinePlace } from './delivery-line.js';
import { EndpointQueue } from './endpoint-queue.js';

export interface StoredEndpoint {
  endpoint: Endpoint;
  secrets: readonly EndpointSecret[];
  state: EndpointState;
  /** See `FailureRun`. */
  failures?: { readonly since: Date; readonly notices: number } | undefined;
}

export interface StoredMessage {
  message: Message;
  readonly deliveries: Map<string, StoredDelivery>;
  readonly attempts: Attempt[];
}

export interface StoredDelivery {
  readonly row: { -readonly [K in keyof Delivery]: Delivery[K] };
  readonly owner: StoredMessage;
  /** See `EndpointQueue`. */
  ticket: number;
  /** Where it stands in a line; nowhere when absent. */
  place?: LinePlace | undefined;
}

/** The messages of one application; they outlive it. */
export interface MessageLog {
  readonly messages: Map<string, StoredMessage>;
  readonly messageIdByEventId: Map<string, string>;
}

export interface IdempotencyRecord {
  readonly bodyHash: string;
  readonly message: StoredMessage;
  readonly expiresAt: Date;
}

export interface StoredRequest {
  readonly fingerprint: string;
  readonly holder: string;
  readonly heldUntil: Date;
  readonly expiresAt: Date;
  readonly answer?: StoredAnswer | undefined;
}

/** The data of a memory storage. Several storages may share one, as several processes share a database. */
export class MemoryDatabase {
  readonly environments = new Map<string, Environment>();
  readonly applications = new Map<string, Application>();
  /** By endpoint id, in the order of creation. */
  readonly endpoints = new Map<string, StoredEndpoint>();
  /** By environment and name. */
  readonly eventTypes = new Map<string, EventType>();
  readonly keys = new Map<string, ApiKey>();
  /** By application id. */
  readonly logs = new Map<string, MessageLog>();
  readonly deliveries = new Map<string, StoredDelivery>();
  /** By environment and key. */
  readonly idempotency = new Map<string, IdempotencyRecord>();
  /** By environment and key. */
  readonly requests = new Map<string, StoredRequest>();
  /** By name of the job. */
  readonly jobLocks = new Map<string, { readonly holder: string; readonly until: Date }>();
  /** By name. */
  readonly settings = new Map<string, Setting>();
  readonly audit = new Map<string, AuditEntry>();
  readonly tasks = new Map<string, Task>();
  /** By consumer. */
  readonly consumerPositions = new Map<string, string>();
  readonly rollups = new MemoryRollups();
  /** By endpoint id. */
  readonly queues = new Map<string, EndpointQueue>();
  /** By endpoint id and ordering key. */
  readonly lines = new Map<string, DeliveryLine>();
  /** The queues with pending deliveries; the one that was served longest ago comes first. */
  readonly waitingQueues = new Set<EndpointQueue>();
  #writers = 0;

  /** Names a new storage on this data. */
  nextWriterId(): string {
    this.#writers += 1;
    return `memory-${this.#writers}`;
  }

  logOf(applicationId: string): MessageLog {
    let log = this.logs.get(applicationId);
    if (log === undefined) {
      log = { messages: new Map(), messageIdByEventId: new Map() };
      this.logs.set(applicationId, log);
    }
    return log;
  }

  queueOf(endpointId: string): EndpointQueue {
    let queue = this.queues.get(endpointId);
    if (queue === undefined) {
      queue = new EndpointQueue(endpointId);
      this.queues.set(endpointId, queue);
    }
    return queue;
  }

  lineOf(endpointId: string, orderingKey: string): DeliveryLine {
    const key = keyOf(endpointId, orderingKey);
    const line = this.lines.get(key) ?? new DeliveryLine();
    this.lines.set(key, line);
    return line;
  }

  applicationOf(params: { environmentId: string; applicationId: string }): Application | undefined {
    const application = this.applications.get(params.applicationId);
    return application?.environmentId === params.environmentId ? application : undefined;
  }

  endpointOf(params: { environmentId: string; applicationId: string; endpointId: string }): StoredEndpoint | undefined {
    const stored = this.endpoints.get(params.endpointId);
    const { environmentId, applicationId } = stored?.endpoint ?? {};
    return environmentId === params.environmentId && applicationId === params.applicationId ? stored : undefined;
  }

  messageOf(params: { environmentId: string; applicationId: string; messageId: string }): StoredMessage | undefined {
    const stored = this.logs.get(params.applicationId)?.messages.get(params.messageId);
    return stored?.message.environmentId === params.environmentId ? stored : undefined;
  }

  /** All endpoints of an application, oldest first. */
  endpointsOf(applicationId: string): StoredEndpoint[] {
    return [...this.endpoints.values()].filter(({ endpoint }) => endpoint.applicationId === applicationId);
  }
}

/** A key of several parts; parts do not contain NUL. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('\0');
}
