import { comparator } from './comparator.ts';
import { postrider } from './postrider.ts';
import type { System, SystemName } from './system.ts';

const nothing = 'nothing: at exit all is forgotten';

const pgDurability = 'the job is committed before the 202; the row is all the history there is';

/** Everything that can be measured, ours first. */
export const systems: readonly System[] = [
  postrider('null', { name: 'null', title: 'Postrider, null storage', durability: nothing, processes: 1 }),
  postrider('sqlite', {
    name: 'sqlite',
    title: 'Postrider on SQLite',
    durability: 'message and attempts are on disk (`synchronous=FULL`) before the 202 and after the answer',
    processes: 1,
  }),
  postrider('postgres', {
    name: 'postgres',
    title: 'Postrider on PostgreSQL',
    durability: 'message and attempts are committed (`synchronous_commit` as the server has it)',
    needs: 'postgres',
    processes: 1,
  }),
  postrider('postgres', {
    name: 'postgres-2',
    title: 'Postrider on PostgreSQL, two processes',
    durability: 'as with one process',
    needs: 'postgres',
    processes: 2,
  }),
  comparator('bare', {
    name: 'bare',
    title: 'undici and signing alone, fed in process',
    durability: 'none: no queue, no retries',
    share: 1,
    isFed: true,
  }),
  comparator('bullmq', {
    name: 'bullmq',
    title: 'BullMQ behind an HTTP ingest',
    durability: 'Redis with an append-only file synced every second: the last second may be lost; no attempt history',
    needs: 'redis',
    share: 0.4,
    isFed: false,
  }),
  comparator('bullmq', {
    name: 'bullmq-fed',
    title: 'BullMQ, fed in process',
    durability: 'as behind an ingest',
    needs: 'redis',
    share: 0.5,
    isFed: true,
  }),
  comparator('pg-boss', {
    name: 'pg-boss',
    title: 'pg-boss behind an HTTP ingest',
    durability: pgDurability,
    needs: 'postgres',
    share: 0.15,
    isFed: false,
  }),
  comparator('graphile-worker', {
    name: 'graphile-worker',
    title: 'graphile-worker behind an HTTP ingest',
    durability: 'the job is committed before the 202 and deleted when it is done; no history',
    needs: 'postgres',
    share: 0.15,
    isFed: false,
  }),
];

/** Ours, without those that only serve as a yardstick. */
export const products: readonly SystemName[] = ['sqlite', 'postgres', 'postgres-2'];
