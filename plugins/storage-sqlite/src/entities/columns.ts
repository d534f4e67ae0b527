import type { EntitySchemaColumnOptions } from 'typeorm';

/**
 * Kinds of columns: how a property of a domain record is kept in SQLite. The same definitions serve TypeORM (as entity
 * columns) and hand-written SQL (through `readRecord`), so that there is one mapping.
 */
interface Column extends EntitySchemaColumnOptions {
  readonly name: string;
  readonly transformer: { to(value: unknown): unknown; from(value: unknown): unknown };
}

/** The columns of one record type, by property. */
export type Columns<T> = { readonly [K in keyof T]-?: Column };

interface ColumnOptions {
  readonly primary?: boolean;
  readonly nullable?: boolean;
}

// Absence is `undefined` in the domain and NULL in SQL.
const absent = { to: (value: unknown) => value ?? null, from: (value: unknown) => value ?? undefined };

function column(type: 'text' | 'integer' | 'real', name: string, options: ColumnOptions): Omit<Column, 'transformer'> {
  return { type, name, primary: options.primary ?? false, nullable: options.nullable ?? false };
}

export const text = (name: string, options: ColumnOptions = {}): Column => ({
  ...column('text', name, options),
  transformer: absent,
});

export const integer = (name: string, options: ColumnOptions = {}): Column => ({
  ...column('integer', name, options),
  transformer: absent,
});

export const real = (name: string, options: ColumnOptions = {}): Column => ({
  ...column('real', name, options),
  transformer: absent,
});

export const flag = (name: string): Column => ({
  ...column('integer', name, {}),
  transformer: { to: (value) => (value === true ? 1 : 0), from: (value) => value === 1 },
});

export const instant = (name: string, options: ColumnOptions = {}): Column => ({
  ...column('integer', name, options),
  transformer: {
    to: (value) => (value instanceof Date ? value.getTime() : null),
    from: (value) => (typeof value === 'number' ? new Date(value) : undefined),
  },
});

export const json = (name: string, options: ColumnOptions = {}): Column => ({
  ...column('text', name, options),
  transformer: {
    to: (value) => (value === undefined || value === null ? null : JSON.stringify(value)),
    from: (value): unknown => (typeof value === 'string' ? JSON.parse(value) : undefined),
  },
});

/** A row that hand-written SQL read, as the record it stands for. */
export function readRecord<T extends object>(columns: Columns<T>, row: Readonly<Record<string, unknown>>): T {
  const entries = Object.entries<Column>(columns).map(([property, { name, transformer }]) => [
    property,
    transformer.from(row[name]),
  ]);
  return Object.fromEntries(entries) as T;
}

/**
 * What a replacement writes: every property but the given ones, `null` (which clears the column) for absent ones.
 * TypeORM skips what is `undefined` in an UPDATE.
 */
export function replaceable<T extends object>(
  columns: Columns<T>,
  record: T,
  keep: readonly (keyof T & string)[],
): Partial<T> {
  const kept: readonly string[] = keep;
  const entries = Object.keys(columns)
    .filter((property) => !kept.includes(property))
    .map((property) => [property, record[property as keyof T] ?? null]);
  return Object.fromEntries(entries) as Partial<T>;
}
