import { describeIssue } from '../standard-schema.js';
import type { PluginEntry } from './plugin-entry.js';
import { describeThrown, type WiringProblem } from './wiring-problem.js';

export interface ValidatedConfigs {
  /** What the schemas made of the configurations, by plugin name. */
  readonly configs: ReadonlyMap<string, unknown>;
  readonly problems: readonly WiringProblem[];
}

/** Lets every plugin's schema check its configuration; collects everything that is wrong with any of them. */
export async function validateConfigs(entries: readonly PluginEntry[]): Promise<ValidatedConfigs> {
  const configs = new Map<string, unknown>();
  const problems: WiringProblem[] = [];
  for (const { plugin, config } of entries) {
    const report = (message: string) =>
      problems.push({
        code: 'PLUGIN_CONFIG_INVALID',
        plugin: plugin.name,
        message: `Configuration of plugin "${plugin.name}": ${message}`,
      });
    try {
      const result = await plugin.config['~standard'].validate(config ?? {});
      if (result.issues === undefined) configs.set(plugin.name, result.value);
      else for (const issue of result.issues) report(describeIssue(issue));
    } catch (error) {
      report(`its schema failed to run: ${describeThrown(error)}`);
    }
  }
  return { configs, problems };
}
