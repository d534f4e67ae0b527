import type { Command } from 'commander';
import { readConfigFile } from '../../config/config-file.js';
import { describeConfig } from '../../config/describe-config.js';
import { readConfiguration, readVariable } from '../../config/load-config.js';
import { loadConfiguredPlugins } from '../../plugins/configured-plugins.js';
import { toTable } from '../cli-io.js';
import type { CommandContext } from '../run-cli.js';

/** `config`: what the server would make of its configuration. */
export function addConfigCommands(program: Command, { io, action }: CommandContext): void {
  const config = program.command('config').description('Looks at the configuration.');

  config
    .command('print')
    .description('Prints every setting with its value and where it is from.')
    .option('--redacted', 'hide secrets (this is the default)')
    .option('--show-secrets', 'show secrets, too')
    .option('--json', 'as JSON')
    .action(
      action(async (options: { showSecrets?: boolean; json?: boolean }) => {
        const path = readVariable({ name: 'POSTRIDER_CONFIG', environment: io.environment, problems: [] });
        const file = readConfigFile({ path, directory: io.directory });
        const shown = describeConfig(io.environment, file).map(({ name, value, source, isSecret }) => {
          const isHidden = isSecret && source !== 'default' && options.showSecrets !== true;
          return { name, value: isHidden ? '[redacted]' : value, source };
        });
        if (options.json === true) return io.out(`${JSON.stringify(shown, undefined, 2)}\n`);
        io.out(
          toTable(
            ['SETTING', 'VALUE', 'FROM'],
            shown.map(({ name, value, source }) => [name, value ?? '', source]),
          ),
        );
      }),
    );

  config
    .command('check')
    .description('Checks the configuration and that the plugins it names can be loaded; touches no store.')
    .action(
      action(async () => {
        const plugins = await loadConfiguredPlugins(readConfiguration(io.environment, io.directory));
        io.out(`The configuration is right; ${plugins.length} plugins were found.\n`);
      }),
    );
}
