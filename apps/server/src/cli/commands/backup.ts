import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { coreError, type BackupRow } from '@postrider/core';
import { readLines, writeLines } from '../../backup/backup-file.js';
import { readBackup, writeBackup, type BackupSummary, type RowCounts } from '../../backup/backup-format.js';
import { readKeyFile } from '../../secrets/key-file.js';
import { createKeyRing } from '../../secrets/key-ring.js';
import { registeredKeyId } from '../../secrets/key-registry.js';
import { vaultOptionsOf } from '../../secrets/vault-options.js';
import { serverVersion } from '../../server-version.js';
import type { CliIo } from '../cli-io.js';
import { adminOf, withStore, type CliStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

/** `backup`: all that is kept, in a form that every storage reads. */
export function addBackupCommands(program: Command, { io, action }: CommandContext): void {
  const backup = program
    .command('backup')
    .description('Writes and restores backups that do not depend on the storage: also to move to another one.');

  backup
    .command('create')
    .description('Writes everything as of one moment to a new file; servers go on meanwhile.')
    .argument('<file>', 'where to; compressed when it ends in .gz')
    .action(
      action(async (file: string) => {
        const path = resolve(io.directory, file);
        if (existsSync(path)) throw coreError('VALIDATION_FAILED', `${path} exists already: choose another name.`);
        let summary: BackupSummary | undefined;
        await withStore(io, async (store) => {
          const about = {
            version: serverVersion,
            createdAt: io.clock.now().toISOString(),
            storage: store.config.storagePackage,
          };
          const rows = adminOf(store).exportRows({});
          await writeLines(
            path,
            writeBackup(rows, about, (written) => (summary = written)),
          );
        });
        io.out(`Wrote ${path}: ${describe(summary?.rows ?? {})}.\n`);
        io.err('Encrypted secrets in it need their key: back up POSTRIDER_SECRETS_KEY or secrets.key, too.\n');
      }),
    );

  backup
    .command('verify')
    .description('Reads a backup to its end and checks it; touches no store.')
    .argument('<file>', 'a backup')
    .action(
      action(async (file: string) => {
        let summary: BackupSummary | undefined;
        for await (const _ of readBackup(readLines(resolve(io.directory, file)), (read) => (summary = read)));
        io.out(`The backup of ${summary?.header.createdAt} is whole: ${describe(summary?.rows ?? {})}.\n`);
      }),
    );

  backup
    .command('restore')
    .description('Stores a backup in the empty store that the configuration names: all of it, or nothing.')
    .argument('<file>', 'a backup, of any storage')
    .action(
      action(async (file: string) => {
        const path = resolve(io.directory, file);
        let summary: BackupSummary | undefined;
        // Damage is found before a store is made.
        for await (const _ of readBackup(readLines(path), (read) => (summary = read)));
        // A new store gets its schema; one that is behind is not changed on the way.
        const schema = await withStore(io, (store) => adminOf(store).inspectSchema({}));
        if (schema.applied.length === 0) await withStore(io, (store) => store.start(), { autoMigrate: true });
        const neededKeys = new Set<string>();
        await withStore(io, async (store) => {
          await adminOf(store).importRows({ rows: noteKeys(readBackup(readLines(path)), neededKeys) });
          warnOfMissingKeys(io, { store, neededKeys });
        });
        io.out(`Restored ${describe(summary?.rows ?? {})}.\n`);
      }),
    );
}

async function* noteKeys(rows: AsyncIterable<BackupRow>, ids: Set<string>): AsyncGenerator<BackupRow> {
  for await (const row of rows) {
    const id = row.table === 'settings' ? registeredKeyId(String(row.values['name'])) : undefined;
    if (id !== undefined) ids.add(id);
    yield row;
  }
}

function warnOfMissingKeys(
  io: CliIo,
  { store, neededKeys }: { readonly store: CliStore; readonly neededKeys: ReadonlySet<string> },
): void {
  const { keys, keyFile } = vaultOptionsOf(store.config);
  const ring = createKeyRing([...keys, ...((keyFile && readKeyFile(keyFile)) || [])]);
  const missing = [...neededKeys].filter((id) => ring.get(id) === undefined);
  if (missing.length === 0) return;
  io.err(
    `Secrets in it are encrypted with the key ${missing.join(', ')}: give it as POSTRIDER_SECRETS_KEY before the server starts.\n`,
  );
}

function describe(rows: RowCounts): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const largest = Object.entries(rows).filter(([, count]) => count > 0);
  const list = largest.map(([table, count]) => `${count} ${table.replaceAll('_', ' ')}`).join(', ');
  return total === 0 ? 'nothing' : `${total} rows (${list})`;
}
