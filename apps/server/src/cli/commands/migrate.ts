import type { Command } from 'commander';
import { coreError, type SchemaState, type SchemaStep } from '@postrider/core';
import { exitCodes, type ExitCode } from '../../process/exit-codes.js';
import { toTable } from '../cli-io.js';
import { adminOf, withStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

const flag = ({ breaking }: SchemaStep): string => (breaking ? 'breaking' : '');

/** `migrate`: the schema of the store. */
export function addMigrateCommands(program: Command, { io, action }: CommandContext): void {
  const migrate = program.command('migrate').description('Looks at the schema of the store and brings it up to date.');
  const inspect = (): Promise<SchemaState> => withStore(io, (store) => adminOf(store).inspectSchema({}));

  migrate
    .command('status')
    .description('Lists the steps of the schema; exits with 3 when some are pending.')
    .option('--json', 'as JSON')
    .action(
      action(async (options: { json?: boolean }) => {
        const { applied, pending, unknown } = await inspect();
        if (options.json === true) {
          const steps = pending.map(({ number, name, breaking }) => ({ number, name, breaking }));
          io.out(`${JSON.stringify({ applied, pending: steps, unknown }, undefined, 2)}\n`);
        } else {
          const rows = [
            ...applied.map((step) => [step.number, step.name, `applied ${step.appliedAt.toISOString()}`, flag(step)]),
            ...unknown.map((step) => [step.number, step.name, 'applied by a newer version', flag(step)]),
            ...pending.map((step) => [step.number, step.name, 'pending', flag(step)]),
          ];
          io.out(
            toTable(
              ['STEP', 'NAME', 'STATE', ''],
              rows.map((row) => row.map(String)),
            ),
          );
        }
        return pending.length === 0 ? exitCodes.ok : exitCodes.findings;
      }),
    );

  migrate
    .command('plan')
    .description('Prints what "migrate up" would run, in the language of the store.')
    .action(
      action(async () => {
        const { pending } = await inspect();
        if (pending.length === 0) return io.err('Nothing is pending.\n');
        for (const step of pending) io.out(`-- ${step.number} ${step.name} ${flag(step)}\n${step.script.trim()}\n\n`);
      }),
    );

  migrate
    .command('up')
    .description('Brings the schema up to date, under a lock. Servers of the version before may go on meanwhile.')
    .action(
      action(async () => {
        const before = await inspect();
        await withStore(io, (store) => store.start(), { autoMigrate: true });
        io.out(`Applied ${before.pending.length} steps.\n`);
      }),
    );

  migrate
    .command('verify')
    .description(
      'Fails unless this version can work with the schema as it is: 3 when it is behind, 65 when it is too new.',
    )
    .action(action(async () => verify(await inspect(), (text) => io.out(text))));
}

function verify({ applied, pending, unknown }: SchemaState, out: (text: string) => void): ExitCode {
  const breaking = unknown.filter((step) => step.breaking);
  if (breaking.length > 0) {
    const names = breaking.map(({ number, name }) => `${number} (${name})`).join(', ');
    throw coreError(
      'STORAGE_SCHEMA_TOO_NEW',
      `A newer version applied ${names}, which this one cannot work with. Use the newer version, or restore a backup from before it.`,
    );
  }
  if (pending.length > 0) {
    out(`${pending.length} steps are pending. Run: postrider migrate up\n`);
    return exitCodes.findings;
  }
  const newer =
    unknown.length === 0 ? '' : `; ${unknown.length} more of a newer version, which do not disturb this one`;
  out(`The schema is up to date: ${applied.length} steps${newer}.\n`);
  return exitCodes.ok;
}
