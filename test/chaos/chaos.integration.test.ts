/** A short storm on each storage. `pnpm chaos` makes longer ones. */
import { expect, it } from 'vitest';
import { createPostgresInstallation, createSqliteInstallation } from './src/installations.ts';
import { runChaos } from './src/run-chaos.ts';

it.each([
  { name: 'SQLite with one server', workers: 1, create: async () => createSqliteInstallation() },
  { name: 'PostgreSQL with two servers', workers: 2, create: createPostgresInstallation },
])(
  'keeps every invariant of delivery through a storm on $name',
  async ({ workers, create }) => {
    const installation = await create();
    const seed = Math.floor(Math.random() * 1_000_000);
    try {
      const result = await runChaos(installation, {
        seed,
        workers,
        durationMs: 12_000,
        messagesPerSecond: 40,
        maxAgeMs: 15_000,
      });
      console.log(
        `${installation.name}: seed ${String(seed)}, ${String(result.accepted)} accepted, faults: ${result.faults.join(', ')}`,
      );
      expect(result.violations).toEqual([]);
      expect(result.accepted).toBeGreaterThan(100);
      expect(result.delivered).toBeGreaterThan(100);
    } finally {
      await installation.drop();
    }
  },
  360_000,
);
