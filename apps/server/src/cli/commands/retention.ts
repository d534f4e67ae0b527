import type { Command } from 'commander';
import { retentionBounds } from '../../retention/retention-bounds.js';
import { withStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

/** `retention`: what servers do every hour. */
export function addRetentionCommands(program: Command, { io, action }: CommandContext): void {
  const retention = program.command('retention').description('Removes what is older than it has to be kept.');
  retention
    .command('run')
    .description('Removes it now, as servers do every hour. Unfinished deliveries stay.')
    .action(
      action(async () => {
        const removed = await withStore(io, async (store) => {
          await store.start();
          return store.storage.applyRetention(retentionBounds(store.config, io.clock.now()));
        });
        io.out(`${JSON.stringify(removed)}\n`);
      }),
    );
}
