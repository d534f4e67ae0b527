import type { Dependency, PluginCapabilities } from '../define-plugin.js';
import type { PluginState, WiredPlugin } from './wired-plugin.js';

export interface PortDescription {
  readonly id: string;
  readonly version: number;
}

/** A plugin as `GET /api/v1/plugins` shows it: plain data, without configuration. */
export interface PluginDescription {
  readonly name: string;
  readonly version: string;
  readonly api: string;
  readonly provides: readonly PortDescription[];
  readonly requires: readonly PortDescription[];
  readonly optional: readonly PortDescription[];
  readonly contributes: readonly PortDescription[];
  readonly capabilities: PluginCapabilities;
  readonly state: PluginState;
  /** Why it failed; absent otherwise. */
  readonly problem?: string | undefined;
}

export function describePlugin({ plugin, state, problem }: WiredPlugin): PluginDescription {
  const describe = ({ id, version }: Dependency): PortDescription => ({ id, version });
  return {
    name: plugin.name,
    version: plugin.version,
    api: plugin.api,
    provides: plugin.provides.map(describe),
    requires: Object.values(plugin.requires).map(describe),
    optional: Object.values(plugin.optional).map(describe),
    contributes: plugin.contributes.map(describe),
    capabilities: plugin.capabilities,
    state,
    problem,
  };
}
