import type { RollupAccumulator, StagedRollups } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';
import { toRollupRow } from '../rows/rollup-row.js';
import { upsertRollup } from '../sql/record-outcomes.js';

/**
 * The rollups of one transaction: `write` inside it, once, and `commit` after it. When it failed, drop the count: the
 * next one builds on the totals before.
 */
export class RollupCount {
  readonly #connection: SqliteConnection;
  readonly #rollups: RollupAccumulator;
  #staged: StagedRollups | undefined;

  constructor(connection: SqliteConnection, rollups: RollupAccumulator) {
    this.#connection = connection;
    this.#rollups = rollups;
  }

  write(params: Parameters<RollupAccumulator['stage']>[0]): void {
    this.#staged = this.#rollups.stage(params);
    for (const rollup of this.#staged.rows) this.#connection.statement(upsertRollup).run(toRollupRow(rollup));
  }

  commit(): void {
    this.#staged?.commit();
  }
}
