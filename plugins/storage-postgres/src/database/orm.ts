import type pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '../entities/entities.js';

/** TypeORM on a pool that is ours: one limit and one set of timeouts for every statement. */
export function createOrm(pool: pg.Pool): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: {
      // TypeORM makes its pool with `new driver.Pool(…)`; a constructor that returns an object yields that object.
      Pool: function SharedPool(): pg.Pool {
        return pool;
      },
    },
    poolErrorHandler: () => undefined, // The pool has its own listener.
    entities: [...entities],
    logging: false,
    synchronize: false,
    migrationsRun: false,
  });
}
