import type { Plugin } from '../define-plugin.js';

/**
 * What a failed `setup` or `start` of a plugin means. `abort`: the host does not start, and stops what had started.
 * `continue`: the host starts without it; refused for plugins whose ports others require.
 */
export type BootFailurePolicy = 'abort' | 'continue';

/** A plugin as an operator configured it. */
export interface PluginEntry {
  readonly plugin: Plugin;
  /** Checked by the plugin's schema; `{}` when absent. */
  readonly config?: unknown;
  /** `abort` when absent. Bad configuration and bad wiring always abort. */
  readonly onBootFailure?: BootFailurePolicy | undefined;
}
