/**
 * A storm of faults over real server processes, and a verdict by the invariants of delivery.
 *
 *   pnpm chaos                                  one run on each storage, two minutes each, with a random seed
 *   pnpm chaos --seed=7 --storage=postgres      the decisions of seed 7 again
 *   pnpm chaos --runs=10 --seconds=120          ten seeds in a row
 *
 * PostgreSQL has two servers that accept and deliver, SQLite has one. Ends with 1 when an invariant was broken.
 */
import { parseArgs } from 'node:util';
import { createPostgresInstallation, createSqliteInstallation, type Installation } from './src/installations.ts';
import { runChaos, type ChaosResult } from './src/run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    runs: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    storage: { type: 'string', default: 'sqlite,postgres' },
    'messages-per-second': { type: 'string', default: '60' },
  },
});
const kinds: Readonly<Record<string, { readonly workers: number; readonly create: () => Promise<Installation> }>> = {
  sqlite: { workers: 1, create: async () => createSqliteInstallation() },
  postgres: { workers: 2, create: createPostgresInstallation },
};

const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
const totals = { runs: 0, failed: 0, faults: 0, accepted: 0, duplicates: 0 };
for (let run = 0; run < Number(values.runs); run += 1) {
  for (const storage of values.storage.split(',')) await runOne(storage, firstSeed + run);
}
console.log(
  `${String(totals.runs - totals.failed)} runs passed, ${String(totals.failed)} failed; ${String(totals.faults)} faults, ` +
    `${String(totals.accepted)} messages accepted, ${String(totals.duplicates)} duplicates`,
);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function runOne(storage: string, seed: number): Promise<void> {
  const kind = kinds[storage];
  if (kind === undefined) throw new Error(`Found storage "${storage}", expected ${Object.keys(kinds).join(' or ')}.`);
  console.log(`\n${storage}, seed ${String(seed)} …`);
  const installation = await kind.create();
  try {
    const result = await runChaos(installation, {
      seed,
      durationMs: Number(values.seconds) * 1_000,
      workers: kind.workers,
      messagesPerSecond: Number(values['messages-per-second']),
      maxAgeMs: 30_000,
    });
    report(result);
    totals.runs += 1;
    totals.failed += result.violations.length > 0 ? 1 : 0;
    totals.faults += result.faults.length;
    totals.accepted += result.accepted;
    totals.duplicates += result.duplicates;
    if (result.violations.length > 0) console.log(`  Repeat: pnpm chaos --seed=${String(seed)} --storage=${storage}`);
  } finally {
    await installation.drop();
  }
}

function report(result: ChaosResult): void {
  const { violations, faults, ...numbers } = result;
  console.log(`  ${String(faults.length)} faults: ${faults.join(', ')}`);
  console.log(
    `  ${Object.entries(numbers)
      .map(([name, value]) => `${name} ${String(Math.round(value))}`)
      .join(', ')}`,
  );
  const byInvariant = Map.groupBy(violations, ({ invariant }) => invariant);
  for (const [invariant, own] of byInvariant) {
    console.log(
      `  BROKEN ${invariant}, ${String(own.length)} times: ${own
        .slice(0, 5)
        .map(({ detail }) => detail)
        .join('; ')}`,
    );
  }
}
