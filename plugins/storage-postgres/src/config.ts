import { z } from 'zod';

/** Options of the PostgreSQL storage. Durations are milliseconds. */
export const postgresStorageConfig = z.strictObject({
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'Expected a connection URL that begins with postgres:// or postgresql://.')
    .meta({ description: 'Connection URL, such as postgres://user:password@host:5432/database?sslmode=require.' }),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'Expected a lower-case SQL name of at most 63 characters.')
    .default('public')
    .meta({ description: 'Schema that holds all tables. Created when it is missing.' }),
  poolSize: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .meta({ description: 'Most connections that one process opens. More of them help only while they all wait.' }),
  applicationName: z
    .string()
    .min(1)
    .max(63)
    .default('postrider')
    .meta({ description: 'How the connections are named in pg_stat_activity.' }),
  connectTimeoutMs: z
    .int()
    .min(100)
    .default(3_000)
    .meta({ description: 'Longest wait for a connection, new or from the pool.' }),
  statementTimeoutMs: z
    .int()
    .min(100)
    .default(10_000)
    .meta({ description: 'After this the server cancels a statement.' }),
  queryTimeoutMs: z.int().min(100).default(15_000).meta({
    description: 'After this the client gives a connection up that does not answer. Longer than the server’s.',
  }),
  autoMigrate: z.boolean().default(true).meta({
    description: 'Brings the schema up to date when the storage opens; otherwise it refuses one that is behind.',
  }),
  listen: z.boolean().default(true).meta({
    description: 'Hears of changes by other processes at once (LISTEN); without it caches expire and polls come round.',
  }),
  listenUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'Expected a connection URL that begins with postgres:// or postgresql://.')
    .optional()
    .meta({ description: 'Where to LISTEN when `url` leads through a transaction pooler. By default `url`.' }),
});

/** What a caller passes: everything but `url` has a default. */
export type PostgresStorageOptions = z.input<typeof postgresStorageConfig>;

/** Options with their defaults filled in. */
export type PostgresStorageConfig = z.output<typeof postgresStorageConfig>;
