import { Clock } from '../../ports/clock.js';
import { Logger } from '../../ports/logger.js';
import type { ExtensionPoint } from '../define-extension-point.js';
import { bind, type Port, type PortBinding } from '../define-port.js';
import { pluginApiVersion } from '../plugin-api-version.js';
import { checkIdentities } from './check-identities.js';
import { checkBootPolicies, toCycleProblem } from './check-order.js';
import { describePlugin, type PluginDescription } from './describe-plugin.js';
import type { PluginEntry } from './plugin-entry.js';
import { PluginLifecycleRunner, type StopResult } from './plugin-lifecycle.js';
import { PortRegistry } from './port-registry.js';
import { resolveDependencies } from './resolve-dependencies.js';
import { setUpPlugins } from './set-up-plugins.js';
import { topologicalOrder } from './topological-order.js';
import { validateConfigs } from './validate-configs.js';
import { toWiringError } from './wiring-problem.js';

export interface WirePluginsParams {
  readonly plugins: readonly PluginEntry[];
  /** Bound to the `Clock` port. */
  readonly clock: Clock;
  /** Bound to the `Logger` port; plugins also get a child that names them. */
  readonly logger: Logger;
  /** Further ports that the host provides itself, such as `Random`. */
  readonly hostPorts?: readonly PortBinding<object>[];
  /** Names of plugins that run although they were made for another plugin API; each boot warns. */
  readonly allowIncompatible?: readonly string[];
  /** How long one plugin may take to stop, in milliseconds. Default 10 000. */
  readonly stopTimeoutMs?: number;
}

/** Plugins that are wired together. */
export interface PluginKernel {
  /**
   * Starts the plugins, each after those it depends on. Rejects with `PLUGIN_START_FAILED` when one fails whose policy
   * is `abort` (all others have been stopped by then), with `PLUGIN_START_ABORTED` when `stop` came meanwhile, with
   * `PLUGIN_STATE_INVALID` after a stop. Calling it again returns the same promise.
   */
  start(): Promise<void>;

  /**
   * Stops what was started, in reverse, each within the deadline. Never rejects: what failed is in the result and in
   * the log. Safe to call at any time and any number of times; all calls return the same promise.
   */
  stop(): Promise<StopResult>;

  /** The provider of a port. Throws `PORT_MISSING`, or `PORT_VERSION_MISMATCH` for another version. */
  get<T>(port: Port<T>): T;

  /** The provider of a port, `undefined` without one. Throws `PORT_VERSION_MISMATCH` for another version. */
  find<T>(port: Port<T>): T | undefined;

  /** Everything contributed to the extension point, in the order in which the contributing plugins start. */
  contributions<T>(point: ExtensionPoint<T>): readonly T[];

  /** The plugins in the order in which they start, with their present state. */
  describe(): readonly PluginDescription[];
}

/**
 * Checks that the plugins can work together and builds them, without I/O: validates all configuration, resolves the
 * ports, then runs `setup` in topological order. Rejects with `PLUGIN_WIRING_FAILED`, whose `details.problems` (see
 * `WiringProblem`) are all that is wrong, not just the first.
 */
export async function wirePlugins(params: WirePluginsParams): Promise<PluginKernel> {
  const { clock, logger, allowIncompatible = [], stopTimeoutMs = 10_000 } = params;
  const hostPorts = [bind(Clock, clock), bind(Logger, logger), ...(params.hostPorts ?? [])];

  const identities = checkIdentities({
    entries: params.plugins,
    hostApiVersion: pluginApiVersion,
    allowIncompatible,
    logger,
  });
  const { configs, problems: configProblems } = await validateConfigs(identities.compatible);
  const resolution = resolveDependencies(
    identities.sound.map((entry) => entry.plugin),
    hostPorts.map((binding) => binding.port),
  );
  const { order, cycles } = topologicalOrder(resolution.edges);
  const problems = [
    ...identities.problems,
    ...configProblems,
    ...resolution.problems,
    ...cycles.map(toCycleProblem),
    ...checkBootPolicies(identities.sound, resolution.edges),
  ];
  if (problems.length > 0) throw toWiringError(problems);

  const registry = new PortRegistry();
  for (const { port, implementation } of hostPorts) registry.add(port, implementation);
  const byName = new Map(identities.sound.map((entry) => [entry.plugin.name, entry]));
  const entries = order.map((name) => byName.get(name) as PluginEntry);
  const { wired, problems: setupProblems } = setUpPlugins({ entries, configs, registry, logger });
  if (setupProblems.length > 0) throw toWiringError(setupProblems);
  registry.complete();

  const lifecycle = new PluginLifecycleRunner({ plugins: wired, clock, logger, stopTimeoutMs });
  return {
    start: () => lifecycle.start(),
    stop: () => lifecycle.stop(),
    get: (port) => registry.get(port),
    find: (port) => registry.find(port),
    contributions: (point) => registry.contributions(point),
    describe: () => wired.map(describePlugin),
  };
}
