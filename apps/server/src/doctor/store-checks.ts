import { isPostriderError, type Clock, type SchemaState, type StorageAdmin, type StoreFacts } from '@postrider/core';
import type { WiredStorage } from '../plugins/wire-storage.js';
import type { Finding } from './finding.js';

const clockOffMs = { advice: 1_000, problem: 30_000 } as const;
const oldSnapshotMs = 3_600_000;
const queueAgeMs = { advice: 60_000, problem: 900_000 } as const;

/** What the database says of itself, its clock and its schema. */
export async function checkDatabase(admin: StorageAdmin, clock: Clock): Promise<readonly Finding[]> {
  try {
    const schema = await admin.inspectSchema({});
    if (schema.applied.length === 0) {
      const next = 'The first start of the server makes it, or "postrider migrate up".';
      return [{ check: 'database', level: 'advice', found: 'The store is new.', next }];
    }
    const askedMs = clock.nowMs();
    const facts = await admin.examine({});
    const heardMs = clock.nowMs();
    return [
      { check: 'database', level: 'fine', found: `${facts.product} ${facts.version}: ${describeSettings(facts)}.` },
      ...facts.findings.map(({ found, advice }): Finding => ({
        check: 'database',
        level: 'problem',
        found,
        next: advice,
      })),
      ...checkSnapshots(facts, heardMs),
      ...checkClock(facts, (askedMs + heardMs) / 2),
      ...checkSchema(schema),
    ];
  } catch (error) {
    if (!isPostriderError(error)) throw error;
    const next = 'Check that the database runs, its address and password, and the network in between.';
    return [{ check: 'database', level: 'problem', found: error.message, next }];
  }
}

function describeSettings({ settings }: StoreFacts): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function checkSnapshots({ oldestSnapshotAt }: StoreFacts, nowMs: number): readonly Finding[] {
  if (oldestSnapshotAt === undefined || nowMs - oldestSnapshotAt.getTime() < oldSnapshotMs) return [];
  const since = oldestSnapshotAt.toISOString();
  const found = `A transaction has been open since ${since}: dead rows pile up and the queue becomes slow.`;
  const next = 'Find it in pg_stat_activity (xact_start) and end it; set idle_in_transaction_session_timeout.';
  return [{ check: 'database', level: 'problem', found, next }];
}

function checkClock({ clockAt }: StoreFacts, nowMs: number): readonly Finding[] {
  if (clockAt === undefined) {
    return [{ check: 'clock', level: 'fine', found: 'The store uses the clock of this machine.' }];
  }
  const offMs = Math.round(Math.abs(nowMs - clockAt.getTime()));
  const level = offMs >= clockOffMs.problem ? 'problem' : offMs >= clockOffMs.advice ? 'advice' : 'fine';
  const found = `The clocks of this machine and of the database are ${offMs} ms apart.`;
  const next = 'Let both follow a time server: receivers refuse signatures that are five minutes off.';
  return [{ check: 'clock', level, found, next: level === 'fine' ? undefined : next }];
}

function checkSchema({ pending, unknown }: SchemaState): readonly Finding[] {
  const breaking = unknown.filter((step) => step.breaking).map(({ name }) => name);
  if (breaking.length > 0) {
    const found = `A newer version changed the schema so that this one cannot work with it (${breaking.join(', ')}).`;
    const next = 'Use the newer version, or restore a backup from before it.';
    return [{ check: 'schema', level: 'problem', found, next }];
  }
  if (pending.length > 0) {
    const found = `${pending.length} steps of the schema are pending.`;
    const next = 'See them with "postrider migrate plan", apply them with "postrider migrate up" or the next start.';
    return [{ check: 'schema', level: 'advice', found, next }];
  }
  return [{ check: 'schema', level: 'fine', found: 'The schema is up to date.' }];
}

/** The age of the queue and the keys of the secrets: only where the store can be opened beside a server. */
export async function checkContents(store: WiredStorage, clock: Clock): Promise<readonly Finding[]> {
  try {
    await store.start();
  } catch (error) {
    const cause = isPostriderError(error) && isPostriderError(error.cause) ? error.cause : error;
    if (!isPostriderError(cause)) throw error;
    const isBusy = cause.code === 'STORAGE_LOCKED';
    const found = isBusy ? 'A server has the embedded store open, so the queue was not looked at.' : cause.message;
    const next = isBusy
      ? 'Ask the server: GET /api/v1/health and the metric webhook_oldest_due_age_seconds.'
      : undefined;
    return [{ check: 'queue', level: 'skipped', found, next }];
  }
  const { pending, due, inFlight, oldestDueAt } = await store.storage.measureQueue({ now: clock.now() });
  const ageMs = oldestDueAt === undefined ? 0 : Math.max(0, clock.nowMs() - oldestDueAt.getTime());
  const level = ageMs >= queueAgeMs.problem ? 'problem' : ageMs >= queueAgeMs.advice ? 'advice' : 'fine';
  const counts = `${pending} deliveries wait, ${due} of them are due, ${inFlight} are under way`;
  const found = `${counts}; the oldest has been due for ${Math.round(ageMs / 1_000)} s.`;
  const next = 'Start more workers, and look at GET /api/v1/health for endpoints whose breaker is open.';
  return [{ check: 'queue', level, found, next: level === 'fine' ? undefined : next }, ...(await checkKeys(store))];
}

async function checkKeys({ vault, storage }: WiredStorage): Promise<readonly Finding[]> {
  const missing = await vault.findMissing(storage);
  if (missing.length === 0) return [{ check: 'secrets', level: 'fine', found: 'Every key that is needed is there.' }];
  const found = `Secrets are encrypted with the key ${missing.join(', ')}, which was not given.`;
  return [
    {
      check: 'secrets',
      level: 'problem',
      found,
      next: 'Add it to POSTRIDER_SECRETS_KEY; without it no server starts.',
    },
  ];
}
