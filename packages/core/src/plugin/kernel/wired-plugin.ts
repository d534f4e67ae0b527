import type { ErasedWiring, Plugin } from '../define-plugin.js';
import type { BootFailurePolicy } from './plugin-entry.js';

/**
 * wired → starting → started → stopping → stopped. `failed` ends a plugin with the policy `continue` whose `setup` or
 * `start` failed. A plugin that never started stays `wired` when the host stops.
 */
export type PluginState = 'wired' | 'starting' | 'started' | 'stopping' | 'stopped' | 'failed';

/** A plugin in a running host. The kernel alone changes it. */
export interface WiredPlugin {
  readonly plugin: Plugin;
  readonly wiring: ErasedWiring;
  readonly onBootFailure: BootFailurePolicy;
  state: PluginState;
  /** Why it failed. */
  problem?: string;
}
