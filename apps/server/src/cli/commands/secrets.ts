import type { Command } from 'commander';
import { coreError } from '@postrider/core';
import { exitCodes } from '../../process/exit-codes.js';
import { readKeyFile, writeKeyFile } from '../../secrets/key-file.js';
import { keyBytes } from '../../secrets/key-ring.js';
import { countSecrets, type SecretCounts } from '../../secrets/reseal.js';
import { rotateSecrets } from '../../secrets/rotate-secrets.js';
import { vaultOptionsOf } from '../../secrets/vault-options.js';
import type { CliIo } from '../cli-io.js';
import { withStore, type CliStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

/** `secrets`: the encryption of signing secrets and header values. */
export function addSecretCommands(program: Command, { io, action }: CommandContext): void {
  const secrets = program
    .command('secrets')
    .description('Looks at the encryption of stored secrets and changes its key.');

  secrets
    .command('generate-key')
    .description('Prints a new key for POSTRIDER_SECRETS_KEY. Stores nothing.')
    .action(action(async () => io.out(`${Buffer.from(io.random.bytes(keyBytes)).toString('base64')}\n`)));

  secrets
    .command('status')
    .description('Counts what is encrypted with which key; exits with 3 when "secrets rotate" has something to do.')
    .action(
      action(async () => {
        const { counts, ids } = await withStore(io, async (store) => {
          await store.start();
          await store.vault.unlock(store.storage);
          return { counts: await countSecrets(store), ids: store.vault.ring.ids };
        });
        printCounts(io, { counts, ids });
        return Object.keys(counts).every((id) => id === ids[0]) ? exitCodes.ok : exitCodes.findings;
      }),
    );

  secrets
    .command('rotate')
    .description(
      'Encrypts everything with the first key of POSTRIDER_SECRETS_KEY; on PostgreSQL servers go on meanwhile. The embedded store does it by itself at the start; with --new-key it gets a new key.',
    )
    .option('--new-key', 'make a new key in the key file of the embedded store first; the server must be stopped')
    .action(
      action(async (options: { newKey?: boolean }) => {
        const rotated = await withStore(io, async (store) => {
          await store.start();
          const keys = options.newKey === true ? await addKey(store, io) : undefined;
          await store.vault.unlock(store.storage);
          if (store.vault.ring.primary === undefined) throw noKey();
          const report = await rotateSecrets(store);
          if (keys !== undefined && report.unreadable.length === 0) keys.keepNewest();
          return { report, ids: store.vault.ring.ids };
        });
        const { endpoints, resealed, unreadable, forgotten } = rotated.report;
        io.out(`Looked at ${endpoints} endpoints, encrypted the secrets of ${resealed} anew.\n`);
        printCounts(io, { counts: rotated.report.counts, ids: rotated.ids });
        if (forgotten.length > 0) {
          io.out(`Not needed any more: ${forgotten.join(', ')}. Remove them from POSTRIDER_SECRETS_KEY.\n`);
        }
        if (unreadable.length === 0) return exitCodes.ok;
        io.err(`The secrets of these endpoints do not open and were left as they are: ${unreadable.join(', ')}\n`);
        return exitCodes.findings;
      }),
    );
}

/** Puts a new key in front of those of the key file. The old ones stay until nothing needs them. */
async function addKey(store: CliStore, io: CliIo): Promise<{ keepNewest(): void }> {
  const { keyFile, keys } = vaultOptionsOf(store.config);
  if (keyFile === undefined || keys.length > 0) {
    throw coreError(
      'CONFIG_INVALID',
      '--new-key: the keys are not in a key file of the embedded store. Put a new one (postrider secrets generate-key) in front of POSTRIDER_SECRETS_KEY instead.',
    );
  }
  // Refuses when the keys that are needed are not there.
  await store.vault.unlock(store.storage);
  const kept = readKeyFile(keyFile) ?? [];
  const made = io.random.bytes(keyBytes);
  writeKeyFile(keyFile, [made, ...kept], { isNew: false });
  return { keepNewest: () => void writeKeyFile(keyFile, [made], { isNew: false }) };
}

function printCounts(io: CliIo, params: { readonly counts: SecretCounts; readonly ids: readonly string[] }): void {
  const { counts, ids } = params;
  const rest = Object.keys(counts).filter((id) => !ids.includes(id));
  for (const id of [...ids, ...rest]) {
    const role = id === ids[0] ? ' (encrypts)' : '';
    io.out(`${id === 'plain' ? 'not encrypted' : `key ${id}${role}`}: ${counts[id] ?? 0} values\n`);
  }
  if (ids.length === 0 && rest.length === 0) io.out('There is no key, and nothing to encrypt.\n');
}

function noKey(): Error {
  return coreError(
    'CONFIG_INVALID',
    'There is no key to encrypt with. Make one (postrider secrets generate-key), keep it safe, and give it to every server and to this command as POSTRIDER_SECRETS_KEY.',
  );
}
