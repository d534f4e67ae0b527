import type { Command } from 'commander';
import { readConfiguration } from '../../config/load-config.js';
import { loadConfiguredPlugins } from '../../plugins/configured-plugins.js';
import { toTable } from '../cli-io.js';
import type { CommandContext } from '../run-cli.js';

/** `plugins`: what the server would load. */
export function addPluginCommands(program: Command, { io, action }: CommandContext): void {
  const plugins = program.command('plugins').description('Looks at plugins.');
  plugins
    .command('list')
    .description('Lists the plugins that the configuration names, with their versions and the ports that they provide.')
    .option('--json', 'as JSON')
    .action(
      action(async (options: { json?: boolean }) => {
        const entries = await loadConfiguredPlugins(readConfiguration(io.environment, io.directory));
        const rows = entries.map(({ plugin }) => ({
          name: plugin.name,
          version: plugin.version,
          api: plugin.api,
          provides: plugin.provides.map(({ id }) => id),
        }));
        if (options.json === true) return io.out(`${JSON.stringify(rows, undefined, 2)}\n`);
        io.out(
          toTable(
            ['PLUGIN', 'VERSION', 'API', 'PROVIDES'],
            rows.map(({ name, version, api, provides }) => [name, version, api, provides.join(', ')]),
          ),
        );
      }),
    );
}
