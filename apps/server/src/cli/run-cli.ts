import { Command, CommanderError } from 'commander';
import { isPostriderError } from '@postrider/core';
import { describeStartFailure } from '../process/describe-start-failure.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../process/exit-codes.js';
import { serverVersion } from '../server-version.js';
import type { CliIo } from './cli-io.js';
import { addBackupCommands } from './commands/backup.js';
import { addConfigCommands } from './commands/config.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addKeyCommands } from './commands/keys.js';
import { addMigrateCommands } from './commands/migrate.js';
import { addPluginCommands } from './commands/plugins.js';
import { addRetentionCommands } from './commands/retention.js';
import { addSecretCommands } from './commands/secrets.js';

/** Adds the commands of one subject. What a command returns is the exit code. */
export interface CommandContext {
  readonly io: CliIo;
  /** Makes a function an action whose result is the exit code of the program; nothing is 0. */
  readonly action: <Args extends unknown[]>(
    run: (...args: Args) => Promise<ExitCode | void>,
  ) => (...args: Args) => Promise<void>;
}

/** The program with all its commands, and where its exit code goes. */
export function createProgram(io: CliIo, setExitCode: (code: ExitCode) => void): Command {
  const program = new Command('postrider')
    .description('Operates a Postrider installation. It reads the same configuration as the server.')
    .version(serverVersion)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .configureHelp({ showGlobalOptions: false });
  const context: CommandContext = {
    io,
    action:
      (run) =>
      async (...args) =>
        setExitCode((await run(...args)) ?? exitCodes.ok),
  };
  const groups = [
    ...[addConfigCommands, addMigrateCommands, addKeyCommands, addSecretCommands],
    ...[addRetentionCommands, addDoctorCommand, addBackupCommands, addPluginCommands],
  ];
  for (const add of groups) add(program, context);
  return program;
}

/** Runs one command line (without the names of the programs) and returns the exit code; writes through `io` only. */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = createProgram(io, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written what was wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    io.err(`${describe(error)}\n`);
    return exitCodeOf(error);
  }
}

/** An operator needs the sentence, a developer the place. */
function describe(error: unknown): string {
  if (isPostriderError(error) || !(error instanceof Error)) return describeStartFailure(error);
  return error.stack ?? error.message;
}
