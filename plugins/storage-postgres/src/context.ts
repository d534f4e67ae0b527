import type { Clock, Logger } from '@postrider/core';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Operation } from './database/operation.js';
import type { Partitions } from './partitions/partitions.js';
import type { RollupWriters } from './stores/rollup-writers.js';

/** What the stores of one PostgreSQL storage have in common. */
export interface PostgresContext {
  readonly pool: pg.Pool;
  /** Works on the same pool. */
  readonly orm: DataSource;
  readonly partitions: Partitions;
  readonly operation: Operation;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rollups: RollupWriters;
}
