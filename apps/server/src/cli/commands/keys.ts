import type { Command } from 'commander';
import { coreError, type ApiKey, type Storage } from '@postrider/core';
import { generateApiKey, parseApiKey } from '../../auth/api-key-format.js';
import { allScopes, instanceScope, scopes as knownScopes } from '../../auth/scopes.js';
import { defaultEnvironmentId } from '../../lifecycle/first-boot.js';
import { listOwnEnvironments } from '../../operations/operational-environment.js';
import { toTable } from '../cli-io.js';
import { withStore } from '../open-store.js';
import type { CommandContext } from '../run-cli.js';

interface EnvironmentOption {
  readonly environment: string;
}

interface CreateOptions extends EnvironmentOption {
  readonly name: string;
  readonly scopes?: string;
  readonly expiresInDays?: string;
}

const environmentOption = [
  '--environment <id>',
  'the environment that the key belongs to',
  defaultEnvironmentId,
] as const;

/** `keys`: for the first key, and for when no key is left that could make another. */
export function addKeyCommands(program: Command, { io, action }: CommandContext): void {
  const keys = program.command('keys').description('Makes, lists and revokes API keys in the store itself.');

  keys
    .command('create')
    .description('Makes a key and prints it, once.')
    .requiredOption('--name <text>', 'what the key is for')
    .option('--scopes <list>', `comma-separated, of ${knownScopes.join(', ')}; all by default`)
    .option('--expires-in-days <number>', 'never by default')
    .option(...environmentOption)
    .action(
      action(async (options: CreateOptions) => {
        const text = generateApiKey(io.random);
        const parsed = parseApiKey(text);
        if (parsed === undefined) throw new Error('A generated key is none.');
        const days = readDays(options.expiresInDays);
        const key: ApiKey = {
          ...parsed,
          environmentId: options.environment,
          name: options.name,
          scopes: readScopes(options.scopes),
          createdAt: io.clock.now(),
          expiresAt: days === undefined ? undefined : new Date(io.clock.nowMs() + days * 86_400_000),
        };
        await withStore(io, async (store) => {
          await store.start();
          await ensureEnvironment(store.storage, { id: options.environment, createdAt: io.clock.now() });
          await store.storage.createKey({ key });
        });
        io.err('Keep it: it is shown once.\n');
        io.out(`${text}\n`);
      }),
    );

  keys
    .command('list')
    .description('Lists the keys of an environment; never the keys themselves.')
    .option(...environmentOption)
    .option('--json', 'as JSON')
    .action(
      action(async (options: EnvironmentOption & { json?: boolean }) => {
        const found = await withStore(io, async (store) => {
          await store.start();
          return store.storage.listKeys({ environmentId: options.environment });
        });
        const rows = found.map(({ hash: _, ...shown }) => shown);
        if (options.json === true) return io.out(`${JSON.stringify(rows, undefined, 2)}\n`);
        const day = (at: Date | undefined): string => at?.toISOString() ?? '';
        io.out(
          toTable(
            ['ID', 'NAME', 'SCOPES', 'CREATED', 'LAST USED', 'EXPIRES', 'REVOKED'],
            rows.map((key) => [
              ...[key.id, key.name, key.scopes.join(',')],
              ...[key.createdAt, key.lastUsedAt, key.expiresAt, key.revokedAt].map(day),
            ]),
          ),
        );
      }),
    );

  keys
    .command('revoke')
    .description('Revokes a key: running servers refuse it within five seconds.')
    .argument('<id>', 'as shown by "keys list"')
    .option(...environmentOption)
    .action(
      action(async (keyId: string, { environment: environmentId }: EnvironmentOption) => {
        const isKnown = await withStore(io, async (store) => {
          await store.start();
          return store.storage.revokeKey({ environmentId, keyId, revokedAt: io.clock.now() });
        });
        if (!isKnown) throw wrong(`There is no key ${keyId} in ${environmentId}: see "postrider keys list".`);
        io.out(`Revoked ${keyId}.\n`);
      }),
    );
}

async function ensureEnvironment(
  storage: Storage,
  { id, createdAt }: { readonly id: string; readonly createdAt: Date },
): Promise<void> {
  if (id === defaultEnvironmentId) {
    await storage.ensureEnvironment({ environment: { id, name: 'default', createdAt } });
    return;
  }
  const known = await listOwnEnvironments(storage);
  if (known.some((environment) => environment.id === id)) return;
  throw wrong(`There is no environment ${id}; there are ${known.map((one) => one.id).join(', ') || 'none'}.`);
}

function readScopes(text: string | undefined): readonly string[] {
  if (text === undefined) return [allScopes, instanceScope];
  const given = text.split(',').map((scope) => scope.trim());
  const unknown = given.filter((scope) => scope !== allScopes && !(knownScopes as readonly string[]).includes(scope));
  if (unknown.length > 0) {
    throw wrong(`There is no scope ${unknown.join(', ')}; expected of ${knownScopes.join(', ')}.`);
  }
  return [...new Set(given)];
}

function readDays(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw wrong(`--expires-in-days: found "${text}", expected a whole number from 1 on.`);
}

function wrong(message: string): Error {
  return coreError('VALIDATION_FAILED', message);
}
