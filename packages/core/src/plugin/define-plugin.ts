import type { Logger } from '../ports/logger.js';
import type { Contribution, Contributions, ExtensionPoint } from './define-extension-point.js';
import type { Port, PortBinding } from './define-port.js';
import type { StandardSchema } from './standard-schema.js';

/** What a plugin may ask for: a port, or everything that was contributed to an extension point. */
export type Dependency = Port<unknown> | ExtensionPoint<unknown>;

/** Dependencies under the names that the plugin gives them. */
export type DependencyMap = Readonly<Record<string, Dependency>>;

/** What a dependency turns into. */
export type Resolved<D> =
  D extends ExtensionPoint<infer T>
    ? D extends Port<unknown>
      ? never
      : Contributions<T>
    : D extends Port<infer T>
      ? T
      : never;

/** Capabilities that a plugin declares about itself, shown by `GET /plugins`. */
export type PluginCapabilities = Readonly<Record<string, string | number | boolean>>;

export interface SetupContext<Config, Requires extends DependencyMap, Optional extends DependencyMap> {
  /** What the schema made of the configuration. */
  readonly config: Config;
  readonly deps: { readonly [Name in keyof Requires]: Resolved<Requires[Name]> } & {
    /** Absent when no plugin provides the port. */
    readonly [Name in keyof Optional]?: Resolved<Optional[Name]> | undefined;
  };
  /** Names the plugin in every line. */
  readonly logger: Logger;
}

/** One binding for each port of `provides`, in its order. */
export type BindingsOf<Provides extends readonly Port<unknown>[]> = {
  readonly [Index in keyof Provides]: Provides[Index] extends Port<infer T> ? PortBinding<T> : never;
};

type ContributionOf<E> = E extends ExtensionPoint<infer T> ? Contribution<T> : never;

export interface PluginLifecycle {
  /**
   * Opens what needs I/O. Runs after the `start` of everything the plugin depends on. `signal` aborts when the host
   * stops meanwhile. When it rejects, `stop` is called, for what was opened half-way.
   */
  start?(context: { readonly signal: AbortSignal }): Promise<void>;

  /**
   * Releases everything. Runs once, after the `stop` of everything that depends on the plugin and only if `start` was
   * called; still it must tolerate both being called twice and never having started, for hosts that are not ours.
   * `signal` aborts at the deadline; the host then goes on without waiting.
   */
  stop?(context: { readonly signal: AbortSignal }): Promise<void>;
}

export type PluginWiring<
  Provides extends readonly Port<unknown>[],
  Contributes extends readonly ExtensionPoint<unknown>[],
> = PluginLifecycle & {
  /** Any number of items for each extension point of `contributes`. */
  readonly contributions?: readonly ContributionOf<Contributes[number]>[];
} & (Provides extends readonly [] ? { readonly ports?: readonly [] } : { readonly ports: BindingsOf<Provides> });

export interface PluginSpec<
  Config,
  Provides extends readonly Port<unknown>[],
  Requires extends DependencyMap,
  Optional extends DependencyMap,
  Contributes extends readonly ExtensionPoint<unknown>[],
> {
  /** The npm name of the package; unique in a host. */
  readonly name: string;
  /** Version of the plugin. */
  readonly version: string;
  /** Range of plugin API versions (see `pluginApiVersion`) that the plugin works with. */
  readonly api: string;
  /** Checks and completes the configuration; must refuse unknown keys. An absent configuration is checked as `{}`. */
  readonly config: StandardSchema<Config>;
  readonly provides?: Provides;
  readonly requires?: Requires;
  readonly optional?: Optional;
  readonly contributes?: Contributes;
  readonly capabilities?: PluginCapabilities;
  /** Pure wiring: builds objects and returns them. No I/O, no timers, nothing that would need to be released. */
  setup(
    context: SetupContext<NoInfer<Config>, NoInfer<Requires>, NoInfer<Optional>>,
  ): PluginWiring<NoInfer<Provides>, NoInfer<Contributes>>;
}

/** What `setup` returned, as the kernel sees it. */
export interface ErasedWiring extends PluginLifecycle {
  readonly ports?: readonly PortBinding<unknown>[];
  readonly contributions?: readonly Contribution<unknown>[];
}

/** A declared plugin: plain data that can be checked, ordered and printed before any of its code runs. */
export interface Plugin {
  readonly $$plugin: 1;
  readonly name: string;
  readonly version: string;
  readonly api: string;
  readonly config: StandardSchema;
  readonly provides: readonly Port<unknown>[];
  readonly requires: DependencyMap;
  readonly optional: DependencyMap;
  readonly contributes: readonly ExtensionPoint<unknown>[];
  readonly capabilities: PluginCapabilities;
  setup(context: {
    readonly config: unknown;
    readonly deps: Readonly<Record<string, unknown>>;
    readonly logger: Logger;
  }): ErasedWiring;
}

/** Declares a plugin. Only declares: nothing runs before the host wires it. Make it the package's default export. */
export function definePlugin<
  Config,
  const Provides extends readonly Port<unknown>[] = readonly [],
  Requires extends DependencyMap = Readonly<Record<never, never>>,
  Optional extends DependencyMap = Readonly<Record<never, never>>,
  const Contributes extends readonly ExtensionPoint<unknown>[] = readonly [],
>(spec: PluginSpec<Config, Provides, Requires, Optional, Contributes>): Plugin {
  return {
    $$plugin: 1,
    name: spec.name,
    version: spec.version,
    api: spec.api,
    config: spec.config,
    provides: spec.provides ?? [],
    requires: spec.requires ?? {},
    optional: spec.optional ?? {},
    contributes: spec.contributes ?? [],
    capabilities: spec.capabilities ?? {},
    // The kernel passes what the schema returned and what the ports of `requires` and `optional` are bound to.
    setup: (context) => spec.setup(context as SetupContext<Config, Requires, Optional>),
  };
}

/** Whether the value was made by `definePlugin` of any copy of this package. Says nothing about its `api` range. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && '$$plugin' in value && value.$$plugin === 1;
}
