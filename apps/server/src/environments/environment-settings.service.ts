import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Invalidation } from '@postrider/core';
import { environmentSettingsTag } from '../caches/cache-names.js';
import { ReadThrough } from '../internal/read-through.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { noteChange } from '../requests/request-trail.js';

/** What an environment decides for all of its messages. */
export interface EnvironmentSettings {
  /** Messages of event types that do not exist are refused. */
  readonly strictEventTypes: boolean;
  /** Payloads that do not fit the schema of their event type are refused. */
  readonly validatePayloads: boolean;
}

const defaults: EnvironmentSettings = { strictEventTypes: false, validatePayloads: true };
const cachedForMs = 2_000;
const maxEnvironments = 10_000;

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'invalidations'>;

/** Settings of environments: kept in the store, read through a cache of at most 2 s. */
@Injectable()
export class EnvironmentSettingsService implements OnApplicationShutdown {
  readonly #ports: Ports;
  readonly #cached: ReadThrough<EnvironmentSettings>;
  readonly #unsubscribe: () => void;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
    this.#cached = new ReadThrough(ports.clock, {
      ttlMs: cachedForMs,
      maxEntries: maxEnvironments,
      load: (environmentId) => this.get(environmentId),
    });
    this.#unsubscribe = ports.invalidations.subscribe((invalidation) => this.#hear(invalidation));
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
  }

  /** As stored; what was never set has its default. */
  async get(environmentId: string): Promise<EnvironmentSettings> {
    const name = nameOf(environmentId);
    const stored = await this.#ports.storage.listSettings({ prefix: name });
    const value = stored.find((setting) => setting.name === name)?.value ?? {};
    const read = (field: keyof EnvironmentSettings) =>
      typeof value[field] === 'boolean' ? value[field] : defaults[field];
    return { strictEventTypes: read('strictEventTypes'), validatePayloads: read('validatePayloads') };
  }

  /** At most 2 s old; `undefined` when it has to be read. */
  peek(environmentId: string): EnvironmentSettings | undefined {
    return this.#cached.peek(environmentId);
  }

  /** At most 2 s old. */
  getCached(environmentId: string): Promise<EnvironmentSettings> {
    return this.#cached.get(environmentId);
  }

  /** Sets what is given, and leaves the rest. Of two at once, the last one wins. */
  async change(environmentId: string, change: Partial<EnvironmentSettings>): Promise<EnvironmentSettings> {
    const before = await this.get(environmentId);
    const after = { ...before, ...change };
    const setting = { name: nameOf(environmentId), value: { ...after }, updatedAt: this.#ports.clock.now() };
    await this.#ports.storage.putSetting({ setting });
    this.#ports.invalidations.publish({ tags: [environmentSettingsTag(environmentId)] });
    noteChange({ before, after });
    return after;
  }

  #hear(invalidation: Invalidation): void {
    if (invalidation.kind === 'everything') return this.#cached.forgetAll();
    const prefix = environmentSettingsTag('');
    for (const tag of invalidation.tags) if (tag.startsWith(prefix)) this.#cached.forget(tag.slice(prefix.length));
  }
}

function nameOf(environmentId: string): string {
  return `environments.${environmentId}`;
}
