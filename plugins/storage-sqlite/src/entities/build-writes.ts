import type {
  DataSource,
  EntitySchema,
  InsertQueryBuilder,
  ObjectLiteral,
  QueryDeepPartialEntity,
  UpdateQueryBuilder,
} from 'typeorm';

// TypeORM's type of values to write has no room for `unknown` members (an event type's schemas); a whole record is
// always right.

/** An INSERT of records, to be run by the connection. */
export function buildInsert<T extends ObjectLiteral>(
  orm: DataSource,
  entity: EntitySchema<T>,
  records: readonly T[],
): InsertQueryBuilder<T> {
  const values = records as readonly QueryDeepPartialEntity<T>[];
  return orm
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values([...values]);
}

/** An UPDATE of the given properties, still without its condition, to be run by the connection. */
export function buildUpdate<T extends ObjectLiteral>(
  orm: DataSource,
  entity: EntitySchema<T>,
  values: Partial<T>,
): UpdateQueryBuilder<T> {
  return orm.createQueryBuilder().update(entity).set(values);
}
