import type { ExtensionPoint } from '../define-extension-point.js';
import type { Dependency, Plugin } from '../define-plugin.js';
import type { Port } from '../define-port.js';
import type { Edge } from './topological-order.js';
import type { WiringProblem } from './wiring-problem.js';

interface Provider {
  readonly port: Port<unknown>;
  /** Absent for ports of the host. */
  readonly plugin?: string;
}

export interface Resolution {
  /** For each plugin, the plugins that it depends on through `requires` or `optional`. */
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly problems: readonly WiringProblem[];
}

/** Whether a dependency asks for everything contributed to an extension point rather than for a port. */
export function isExtensionPoint(dependency: Dependency): dependency is ExtensionPoint<unknown> {
  return '$$extensionPoint' in dependency;
}

/** Finds out who depends on whom, and every reason why that cannot work. */
export function resolveDependencies(plugins: readonly Plugin[], hostPorts: readonly Port<unknown>[]): Resolution {
  const problems: WiringProblem[] = [];
  const providers = collectProviders({ plugins, hostPorts, problems });
  const edges = new Map<string, Edge[]>();
  for (const plugin of plugins) {
    const own: Edge[] = [];
    edges.set(plugin.name, own);
    const dependencies = [
      ...Object.values(plugin.requires).map((dependency) => ({ dependency, required: true })),
      ...Object.values(plugin.optional).map((dependency) => ({ dependency, required: false })),
    ];
    for (const { dependency, required } of dependencies) {
      if (isExtensionPoint(dependency)) continue;
      const provider = providers.get(dependency.id);
      if (provider === undefined) {
        if (required) problems.push(missing(plugin, dependency));
      } else if (provider.port.version !== dependency.version) {
        problems.push(otherVersion({ plugin, wanted: dependency, provider }));
      } else if (provider.plugin !== undefined) {
        own.push({ from: plugin.name, to: provider.plugin, port: dependency.id, required });
      }
    }
  }
  return { edges, problems: [...problems, ...checkExtensionPoints(plugins)] };
}

function collectProviders(params: {
  readonly plugins: readonly Plugin[];
  readonly hostPorts: readonly Port<unknown>[];
  readonly problems: WiringProblem[];
}): ReadonlyMap<string, Provider> {
  const providers = new Map<string, Provider>();
  const add = (provider: Provider) => {
    const { port, plugin } = provider;
    const earlier = providers.get(port.id);
    if (earlier === undefined) {
      providers.set(port.id, provider);
      return;
    }
    const names = [describeProvider(earlier), describeProvider(provider)].join(' and ');
    params.problems.push({
      code: 'PORT_DUPLICATE',
      plugin,
      port: port.id,
      message: `Port "${port.id}" is provided by ${names}, but a port has exactly one provider: remove one of the two.`,
    });
  };
  for (const port of params.hostPorts) add({ port });
  for (const plugin of params.plugins) for (const port of plugin.provides) add({ port, plugin: plugin.name });
  return providers;
}

function describeProvider(provider: Provider): string {
  return provider.plugin === undefined ? 'the host' : `"${provider.plugin}"`;
}

function missing(plugin: Plugin, port: Port<unknown>): WiringProblem {
  return {
    code: 'PORT_MISSING',
    plugin: plugin.name,
    port: port.id,
    message: `Plugin "${plugin.name}" requires port "${port.id}", which nobody provides: add a plugin that does.`,
  };
}

function otherVersion(params: {
  readonly plugin: Plugin;
  readonly wanted: Port<unknown>;
  readonly provider: Provider;
}): WiringProblem {
  const { plugin, wanted, provider } = params;
  return {
    code: 'PORT_VERSION_MISMATCH',
    plugin: plugin.name,
    port: wanted.id,
    message:
      `Plugin "${plugin.name}" expects version ${wanted.version} of port "${wanted.id}", but ${describeProvider(provider)} ` +
      `provides version ${provider.port.version}: install releases of the two that agree.`,
  };
}

function checkExtensionPoints(plugins: readonly Plugin[]): readonly WiringProblem[] {
  const known = new Map<string, { readonly version: number; readonly plugin: string }>();
  const problems: WiringProblem[] = [];
  for (const plugin of plugins) {
    const collected = [...Object.values(plugin.requires), ...Object.values(plugin.optional)].filter(isExtensionPoint);
    for (const point of [...collected, ...plugin.contributes]) {
      const first = known.get(point.id);
      if (first === undefined) {
        known.set(point.id, { version: point.version, plugin: plugin.name });
      } else if (first.version !== point.version) {
        problems.push({
          code: 'PORT_VERSION_MISMATCH',
          plugin: plugin.name,
          port: point.id,
          message:
            `Plugin "${plugin.name}" means version ${point.version} of extension point "${point.id}", but ` +
            `"${first.plugin}" means version ${first.version}: install releases of the two that agree.`,
        });
      }
    }
  }
  return problems;
}
