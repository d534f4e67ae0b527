import type { Dependency, ErasedWiring, Plugin } from '../../src/plugin/define-plugin.js';
import type { ExtensionPoint } from '../../src/plugin/define-extension-point.js';
import { definePort, type Port, type PortBinding } from '../../src/plugin/define-port.js';
import type { StandardSchema } from '../../src/plugin/standard-schema.js';
import type { PluginEntry } from '../../src/plugin/kernel/plugin-entry.js';

/** A port that is asked for its name. */
export interface Named {
  name(): Promise<string>;
}

export function namedPort(id: string, version = 1): Port<Named> {
  return definePort<Named>({ id, version });
}

/** Accepts exactly the listed keys and gives the configuration back. */
export function schemaOf(...keys: readonly string[]): StandardSchema<Readonly<Record<string, unknown>>> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => {
        const unknown = Object.keys(value as object).filter((key) => !keys.includes(key));
        if (unknown.length === 0) return { value: value as Readonly<Record<string, unknown>> };
        return { issues: unknown.map((key) => ({ message: 'is not an option', path: [key] })) };
      },
    },
  };
}

export interface TestPlugin {
  readonly name: string;
  readonly version?: string;
  readonly api?: string;
  readonly config?: StandardSchema;
  readonly provides?: readonly Port<unknown>[];
  readonly requires?: Readonly<Record<string, Dependency>>;
  readonly optional?: Readonly<Record<string, Dependency>>;
  readonly contributes?: readonly ExtensionPoint<unknown>[];
  readonly setup?: Plugin['setup'];
  readonly start?: ErasedWiring['start'];
  readonly stop?: ErasedWiring['stop'];
}

/** A plugin that provides its ports with objects that answer with its name. */
export function testPlugin(spec: TestPlugin): Plugin {
  const { provides = [], requires = {}, optional = {}, contributes = [] } = spec;
  const ports = provides.map((port): PortBinding<unknown> => ({
    port,
    implementation: { name: () => Promise.resolve(spec.name) },
    usableBeforeStart: false,
  }));
  return {
    $$plugin: 1,
    name: spec.name,
    version: spec.version ?? '1.0.0',
    api: spec.api ?? '^1.0.0',
    config: spec.config ?? schemaOf(),
    provides,
    requires,
    optional,
    contributes,
    capabilities: {},
    setup: spec.setup ?? (() => ({ ports, start: spec.start, stop: spec.stop })),
  };
}

export function entry(spec: TestPlugin, options: Omit<PluginEntry, 'plugin'> = {}): PluginEntry {
  return { plugin: testPlugin(spec), ...options };
}
