import { z } from 'zod';

const day = 86_400_000;

/** Options of the Redis cache. Durations are milliseconds. */
export const redisCacheConfig = z.strictObject({
  url: z
    .string()
    .regex(/^rediss?:\/\//, 'Expected a URL that begins with redis:// or rediss://.')
    .default('redis://127.0.0.1:6379')
    .meta({ description: 'Where Redis (7 or newer, or Valkey) is, such as rediss://user:password@host:6379/0.' }),
  prefix: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'Expected 1 to 64 letters, digits and any of _ . : -')
    .default('postrider')
    .meta({ description: 'What all keys begin with. Processes with the same prefix share their values.' }),
  defaultTtlMs: z
    .int()
    .min(1)
    .max(365 * day)
    .default(300_000)
    .meta({ description: 'For values stored without a TTL.' }),
  timeoutMs: z.int().min(1).max(60_000).default(200).meta({ description: 'The longest that a call waits for Redis.' }),
  nearTtlMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(5_000)
    .meta({ description: 'How long values found stay in the memory of the process too; 0 keeps none there.' }),
  nearMaxEntries: z.int().min(1).max(10_000_000).default(1_000).meta({ description: 'The most of these.' }),
  nearMaxMemoryMb: z.number().positive().max(1_000_000).default(20).meta({ description: 'Their most memory, in MiB.' }),
  maxValueBytes: z
    .int()
    .min(1)
    .max(512 * 1024 * 1024)
    .default(1024 * 1024)
    .meta({ description: 'Values longer than this as JSON are not stored.' }),
  longestLoadMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(60_000)
    .meta({ description: 'What a load brings that took longer is not stored.' }),
});

/** What a caller passes: everything has a default. */
export type RedisCacheOptions = z.input<typeof redisCacheConfig>;

/** Options with their defaults filled in. */
export type RedisCacheConfig = z.output<typeof redisCacheConfig>;
