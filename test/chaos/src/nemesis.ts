import { callApi } from '../../e2e/support/api.ts';
import type { Chance } from './chance.ts';
import type { Fleet } from './fleet.ts';
import type { BreakableDatabase } from './installations.ts';
import type { Customer } from './stage.ts';

/** What a fault may touch. */
export interface Victims {
  readonly fleet: Fleet;
  readonly database?: BreakableDatabase | undefined;
  readonly customers: readonly Customer[];
  readonly leaseMs: number;
}

/** Does its damage and undoes what does not undo itself. */
type Fault = (victims: Victims, chance: Chance) => Promise<void>;

const wait = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const processFaults: Readonly<Record<string, Fault>> = {
  'kill -9': async ({ fleet }, chance) => fleet.crash(chance.between(0, fleet.size - 1)),
  'kill -9 everything': async ({ fleet }) => {
    await Promise.all(Array.from({ length: fleet.size }, (_, index) => fleet.crash(index)));
  },
  SIGTERM: async ({ fleet }, chance) => void (await fleet.restart(chance.between(0, fleet.size - 1))),
  'a short freeze': async ({ fleet }, chance) =>
    fleet.freeze(chance.between(0, fleet.size - 1), chance.between(500, 3_000)),
  'a freeze beyond the lease': async ({ fleet, leaseMs }, chance) =>
    fleet.freeze(chance.between(0, fleet.size - 1), leaseMs + 3_000),
};

const customerFaults: Readonly<Record<string, Fault>> = {
  'an endpoint toggled': async ({ fleet, customers }, chance) => {
    const { applicationId, toggledEndpointId } = chance.pick(customers);
    const path = `/app/${applicationId}/endpoint/${toggledEndpointId}`;
    for (const disabled of [true, false]) {
      await untilItWorks(async () => {
        const server = { url: chance.pick(fleet.urls), apiKey: fleet.apiKey };
        return (await callApi(server, { method: 'PATCH', path, body: { disabled } })).status === 200;
      });
      await wait(chance.between(100, 1_500));
    }
  },
  'a secret rotated': async ({ fleet, customers }, chance) => {
    const customer = chance.pick(customers);
    const endpoint = chance.pick(customer.endpoints);
    const key = `whsec_${Buffer.from(Array.from({ length: 24 }, () => chance.between(0, 255))).toString('base64')}`;
    const path = `/app/${customer.applicationId}/endpoint/${endpoint.id}/secret/rotate`;
    endpoint.secrets.push(key); // before the call: whether it took effect may stay unknown
    const server = { url: chance.pick(fleet.urls), apiKey: fleet.apiKey };
    await callApi(server, { path, body: { key } }).catch(() => undefined);
  },
};

type DatabaseFault = (database: BreakableDatabase, chance: Chance) => Promise<void>;

const databaseFaults: Readonly<Record<string, DatabaseFault>> = {
  'a database crash': async ({ server }, chance) => {
    await server.crash();
    await wait(chance.between(0, 2_000));
    await server.start();
  },
  'a black hole before the database': async ({ proxy }, chance) => {
    proxy.blackhole();
    await wait(chance.between(2_000, 10_000));
    proxy.heal();
  },
  'connections to the database reset': async ({ proxy }) => proxy.reset(),
  'a slow way to the database': async ({ proxy }, chance) => {
    proxy.latency(chance.between(20, 200));
    await wait(5_000);
    proxy.heal();
  },
  'backends terminated': async (database) => {
    await database.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
    );
  },
  'a database that only reads': async (database) => {
    await database.run('ALTER SYSTEM SET default_transaction_read_only = on');
    await database.run('SELECT pg_reload_conf()');
    await wait(4_000);
    await database.run('ALTER SYSTEM RESET default_transaction_read_only');
    await database.run('SELECT pg_reload_conf()');
  },
};

/** One fault after the other, by chance, until the time is over. Returns their names, in order. */
export async function rage(
  victims: Victims,
  params: { chance: Chance; durationMs: number },
): Promise<readonly string[]> {
  const { chance } = params;
  const { database } = victims;
  const faults = new Map<string, Fault>([...Object.entries(processFaults), ...Object.entries(customerFaults)]);
  if (database !== undefined) {
    for (const [name, fault] of Object.entries(databaseFaults)) faults.set(name, () => fault(database, chance));
  }
  const names = [...faults.keys()];
  const struck: string[] = [];
  const endMs = performance.now() + params.durationMs;
  while (performance.now() < endMs) {
    await wait(chance.between(500, 5_000));
    const name = chance.pick(names);
    struck.push(name);
    await faults.get(name)?.(victims, chance);
  }
  return struck;
}

async function untilItWorks(attempt: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (performance.now() < endMs) {
    if (await attempt().catch(() => false)) return;
    await wait(200);
  }
  throw new Error('An endpoint could not be toggled back within a minute.');
}
