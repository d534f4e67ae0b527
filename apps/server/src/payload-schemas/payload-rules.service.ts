import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Invalidation } from '@postrider/core';
import { eventTypeKeyOf, eventTypeTag } from '../caches/cache-names.js';
import { EnvironmentSettingsService } from '../environments/environment-settings.service.js';
import { invalidAt } from '../http/api-error.js';
import { ReadThrough } from '../internal/read-through.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { compilePayloadSchema, type PayloadCheck } from './compile-payload-schema.js';
import { latestVersionOf } from './latest-version.js';

/** Changes made by a process that no hint comes from are seen after this time at the latest. */
const cachedForMs = 2_000;
const maxEventTypes = 10_000;

/** What a message of one event type must be. */
interface Rule {
  readonly environmentId: string;
  readonly eventType: string;
  /** What tells this state of the event type from others; absent when there is no such type. */
  readonly state: string | undefined;
  /** Absent when every payload is allowed. */
  readonly check: PayloadCheck | undefined;
}

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'invalidations' | 'logger'>;

/** What a message is published as. */
interface Publication {
  readonly environmentId: string;
  readonly eventType: string;
  readonly payload: string;
}

/**
 * Judges messages by the event types of their environment: strict environments take only those that exist, and a
 * payload must fit the latest schema of its type. Reads through a cache of at most 2 s, so that a busy type costs a
 * look-up in memory.
 */
@Injectable()
export class PayloadRules implements OnApplicationShutdown {
  readonly #ports: Ports;
  readonly #settings: EnvironmentSettingsService;
  readonly #rules: ReadThrough<Rule>;
  readonly #unsubscribe: () => void;

  constructor(@InjectHostPorts() ports: Ports, settings: EnvironmentSettingsService) {
    this.#ports = ports;
    this.#settings = settings;
    this.#rules = new ReadThrough(ports.clock, {
      ttlMs: cachedForMs,
      maxEntries: maxEventTypes,
      load: (key, previous) => this.#load(key, previous),
    });
    this.#unsubscribe = ports.invalidations.subscribe((invalidation) => this.#hear(invalidation));
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
  }

  /** 422 for a message that must not be published. Returns a promise only when something has to be read. */
  check(message: Publication): Promise<void> | undefined {
    const settings = this.#settings.peek(message.environmentId);
    if (settings === undefined) return this.#readAndCheck(message);
    if (!settings.strictEventTypes && !settings.validatePayloads) return undefined;
    const rule = this.#rules.peek(keyOf(message));
    if (rule === undefined) return this.#readAndCheck(message);
    judge(message, rule, settings);
    return undefined;
  }

  async #readAndCheck(message: Publication): Promise<void> {
    const settings = await this.#settings.getCached(message.environmentId);
    if (!settings.strictEventTypes && !settings.validatePayloads) return;
    judge(message, await this.#rules.get(keyOf(message)), settings);
  }

  async #load(key: string, previous: Rule | undefined): Promise<Rule> {
    const { environmentId, name } = eventTypeKeyOf(key);
    const found = await this.#ports.storage.getEventType({ environmentId, name });
    const state = found && `${found.version}-${found.createdAt.getTime()}`;
    // Compiling costs milliseconds.
    if (previous?.state !== undefined && previous.state === state) return previous;
    const schema = latestVersionOf(found?.schemas);
    return { environmentId, eventType: name, state, check: schema && this.#compile(schema.schema, key) };
  }

  /** Schemas are checked before they are stored; one that got around that restricts nothing. */
  #compile(schema: unknown, key: string): PayloadCheck | undefined {
    const compiled = compilePayloadSchema(schema);
    if (compiled.ok) return compiled.check;
    this.#ports.logger.warn('A stored payload schema cannot be used and is ignored', {
      eventType: key,
      problem: compiled.fault.message,
    });
    return undefined;
  }

  #hear(invalidation: Invalidation): void {
    if (invalidation.kind === 'everything') return this.#rules.forgetAll();
    for (const tag of invalidation.tags) if (tag.startsWith(eventTypeTag(''))) this.#rules.forget(tag);
  }
}

function keyOf({ environmentId, eventType }: Publication): string {
  return eventTypeTag(`${environmentId}:${eventType}`);
}

function judge(
  { eventType, payload }: Publication,
  rule: Rule,
  settings: { readonly strictEventTypes: boolean; readonly validatePayloads: boolean },
): void {
  if (settings.strictEventTypes && rule.state === undefined) {
    throw invalidAt(
      ['body', 'eventType'],
      `There is no event type ${eventType}, and this environment takes only those that there are: create it first.`,
      'unknown_event_type',
    );
  }
  if (!settings.validatePayloads || rule.check === undefined) return;
  const fault = rule.check(payload);
  if (fault === undefined) return;
  throw invalidAt(['body', 'payload', ...fault.path], `${where(fault.path)} ${fault.message}.`, 'payload_schema');
}

function where(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'The payload' : path.join('.');
}
