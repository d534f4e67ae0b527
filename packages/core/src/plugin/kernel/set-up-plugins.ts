import type { Logger } from '../../ports/logger.js';
import type { Contribution, Contributions } from '../define-extension-point.js';
import type { Dependency, ErasedWiring, Plugin } from '../define-plugin.js';
import type { PortBinding } from '../define-port.js';
import type { PluginEntry } from './plugin-entry.js';
import { guardPort, type PortPhase } from './port-guard.js';
import type { PortRegistry } from './port-registry.js';
import { isExtensionPoint } from './resolve-dependencies.js';
import type { WiredPlugin } from './wired-plugin.js';
import { describeThrown, type WiringProblem } from './wiring-problem.js';

export interface SetupParams {
  /** In topological order. */
  readonly entries: readonly PluginEntry[];
  readonly configs: ReadonlyMap<string, unknown>;
  /** Receives the ports and contributions. */
  readonly registry: PortRegistry;
  readonly logger: Logger;
}

export interface SetupOutcome {
  readonly wired: readonly WiredPlugin[];
  readonly problems: readonly WiringProblem[];
}

/**
 * Runs every `setup`, each after those it depends on. After a failure the rest still runs, to report all failures
 * together, except for plugins that require a port of one that failed.
 */
export function setUpPlugins(params: SetupParams): SetupOutcome {
  const wired: WiredPlugin[] = [];
  const problems: WiringProblem[] = [];
  for (const entry of params.entries) {
    const onBootFailure = entry.onBootFailure ?? 'abort';
    const blocked = Object.values(entry.plugin.requires).some(
      (dependency) => !isExtensionPoint(dependency) && !params.registry.has(dependency.id),
    );
    if (blocked) continue;
    const outcome = setUp(entry, params);
    if (outcome.problem === undefined) {
      const plugin: WiredPlugin = { plugin: entry.plugin, wiring: outcome.wiring, onBootFailure, state: 'wired' };
      register(plugin, params.registry);
      wired.push(plugin);
    } else if (onBootFailure === 'continue') {
      params.logger.error(`${outcome.problem.message} The host goes on without it.`, { plugin: entry.plugin.name });
      const problem = outcome.problem.message;
      wired.push({ plugin: entry.plugin, wiring: {}, onBootFailure, state: 'failed', problem });
    } else {
      problems.push(outcome.problem);
    }
  }
  return { wired, problems };
}

type SingleOutcome =
  { readonly wiring: ErasedWiring; readonly problem?: undefined } | { readonly problem: WiringProblem };

function setUp({ plugin }: PluginEntry, { configs, registry, logger }: SetupParams): SingleOutcome {
  const resolve = (dependency: Dependency): unknown =>
    isExtensionPoint(dependency)
      ? ({ all: () => registry.contributions(dependency) } satisfies Contributions<unknown>)
      : registry.find(dependency);
  const deps: Record<string, unknown> = {};
  for (const [name, dependency] of Object.entries({ ...plugin.optional, ...plugin.requires })) {
    deps[name] = resolve(dependency);
  }
  try {
    const wiring = plugin.setup({
      config: configs.get(plugin.name),
      deps,
      logger: logger.child({ plugin: plugin.name }),
    });
    const problem = checkWiring(plugin, wiring);
    return problem === undefined ? { wiring } : { problem };
  } catch (error) {
    return {
      problem: {
        code: 'PLUGIN_SETUP_FAILED',
        plugin: plugin.name,
        message: `Setup of plugin "${plugin.name}" threw: ${describeThrown(error)}`,
      },
    };
  }
}

// The types say all this already; plugins in plain JavaScript or behind a cast do not have them.
function checkWiring(plugin: Plugin, wiring: unknown): WiringProblem | undefined {
  const invalid = (found: string, port?: string): WiringProblem => ({
    code: 'PLUGIN_SETUP_INVALID',
    plugin: plugin.name,
    port,
    message: `Setup of plugin "${plugin.name}" ${found}`,
  });
  if (typeof wiring !== 'object' || wiring === null || wiring instanceof Promise) {
    return invalid('returned no plain object: it must return { ports, start, stop } at once, and leave I/O to start.');
  }
  const { ports = [], contributions = [] } = wiring as {
    readonly ports?: readonly PortBinding<unknown>[];
    readonly contributions?: readonly Contribution<unknown>[];
  };
  const bound = ports.map((binding) => binding.port.id);
  for (const { id } of plugin.provides) {
    if (!bound.includes(id)) return invalid(`did not return port "${id}", which it declares in provides.`, id);
  }
  for (const [index, id] of bound.entries()) {
    if (!plugin.provides.some((port) => port.id === id)) {
      return invalid(`returned port "${id}": declare it in provides.`, id);
    }
    if (bound.indexOf(id) !== index) return invalid(`returned port "${id}" twice.`, id);
  }
  for (const { point } of contributions) {
    if (!plugin.contributes.some((declared) => declared.id === point.id)) {
      return invalid(`contributed to extension point "${point.id}": declare it in contributes.`, point.id);
    }
  }
  return undefined;
}

function register(wired: WiredPlugin, registry: PortRegistry): void {
  const { plugin, wiring } = wired;
  for (const binding of wiring.ports ?? []) {
    const guarded = !binding.usableBeforeStart && (wiring.start !== undefined || wiring.stop !== undefined);
    registry.add(
      binding.port,
      guarded
        ? guardPort({
            implementation: binding.implementation as object,
            portId: binding.port.id,
            pluginName: plugin.name,
            phase: () => phaseOf(wired),
          })
        : binding.implementation,
    );
  }
  for (const contribution of wiring.contributions ?? []) registry.addContribution(contribution);
}

function phaseOf({ state, wiring }: WiredPlugin): PortPhase {
  if (state === 'started' || state === 'stopping') return 'usable';
  if (state === 'stopped') return 'stopped';
  // Nothing to wait for where nothing is started.
  return wiring.start === undefined ? 'usable' : 'not_started';
}
