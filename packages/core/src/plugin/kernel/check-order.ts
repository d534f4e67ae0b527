import type { PluginEntry } from './plugin-entry.js';
import type { Edge } from './topological-order.js';
import type { WiringProblem } from './wiring-problem.js';

/** A cycle as a problem that prints its path: `"a" needs "postrider.x" of "b", which needs … of "a"`. */
export function toCycleProblem(cycle: readonly Edge[]): WiringProblem {
  const first = cycle[0] as Edge;
  const steps = cycle.map((edge) => ` needs "${edge.port}" of "${edge.to}"`).join(', which');
  return {
    code: 'PLUGIN_CYCLE',
    plugin: first.from,
    port: first.port,
    message: `Plugins depend on each other in a circle: "${first.from}"${steps}. Remove one of these dependencies.`,
  };
}

/** `continue` would leave those without a port who cannot do without it. */
export function checkBootPolicies(
  entries: readonly PluginEntry[],
  edges: ReadonlyMap<string, readonly Edge[]>,
): readonly WiringProblem[] {
  const tolerated = new Set(
    entries.filter((entry) => entry.onBootFailure === 'continue').map((entry) => entry.plugin.name),
  );
  return [...edges.values()]
    .flat()
    .filter((edge) => edge.required && tolerated.has(edge.to) && edge.from !== edge.to)
    .map((edge) => ({
      code: 'PLUGIN_POLICY_INVALID',
      plugin: edge.to,
      port: edge.port,
      message:
        `Plugin "${edge.to}" has onBootFailure "continue", but "${edge.from}" requires its port "${edge.port}": ` +
        `set "abort", or remove "${edge.from}".`,
    }));
}
