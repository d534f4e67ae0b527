import { z } from 'zod';

/** Options of the shared state in Redis. Durations are milliseconds. */
export const redisStateConfig = z.strictObject({
  url: z
    .string()
    .regex(/^rediss?:\/\//, 'Expected a connection URL that begins with redis:// or rediss://.')
    .meta({ description: 'Connection URL, such as rediss://user:password@host:6379/0.' }),
  keyPrefix: z
    .string()
    .min(1)
    .max(64)
    .default('postrider')
    .meta({ description: 'First part of every key. Deployments that share a server need different ones.' }),
  timeoutMs: z
    .int()
    .min(1)
    .max(10_000)
    .default(250)
    .meta({ description: 'No call waits longer for Redis; then this process decides for itself.' }),
  connectTimeoutMs: z
    .int()
    .min(10)
    .max(60_000)
    .default(1_000)
    .meta({ description: 'Longest wait for a connection. The start of the host waits no longer for it, either.' }),
  replicas: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .meta({ description: 'How many processes share the limits: without Redis each takes this part of them.' }),
});

/** What a caller passes: everything but `url` has a default. */
export type RedisStateOptions = z.input<typeof redisStateConfig>;

/** Options with their defaults filled in. */
export type RedisStateConfig = z.output<typeof redisStateConfig>;
