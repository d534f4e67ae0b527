import { z } from 'zod';

const count = z.int().min(0);

const cacheFacts = z.object({
  name: z.enum(['values', 'routes', 'keys']).meta({
    description:
      '`values`: the cache of the server. `routes`: subscriptions and endpoint configurations. `keys`: verified API keys.',
  }),
  available: z.boolean().meta({ description: 'False while a cache outside of the process cannot be reached.' }),
  shared: z.boolean().meta({ description: 'Other replicas see the same entries.' }),
  hits: count,
  misses: count,
  hitRate: z.number().min(0).max(1).nullable().meta({ description: 'Null before the first look.' }),
  evictions: count.meta({ description: 'Entries that made room for others.' }),
  expirations: count.meta({ description: 'Entries whose time was over.' }),
  entries: count.nullable(),
  maxEntries: count.nullable(),
  bytes: count.nullable().meta({ description: 'By estimate; null where it is not known.' }),
  maxBytes: count.nullable(),
});

/** What one cache has done and holds. */
export type CacheFacts = z.output<typeof cacheFacts>;

/** `GET /cache/stats`. */
export const cacheStatsOut = z
  .object({ data: z.array(cacheFacts) })
  .meta({ id: 'CacheStatsOut', description: 'Of the replica that answers, since it was started.' });

export type CacheStatsOut = z.output<typeof cacheStatsOut>;

const name = z.string().min(1).max(1_024);

/** `POST /cache/invalidate`. */
export const cacheInvalidateIn = z
  .strictObject({
    key: name.optional().meta({ description: 'One key, such as `application:cust_1`.' }),
    tag: name.optional().meta({
      description:
        '`app:` and the id or uid of an application: all that depends on it, in every replica that hears of it.',
    }),
    pattern: name.optional().meta({ description: 'Keys by `*` and `?`, such as `application:*`.' }),
  })
  .refine((body) => [body.key, body.tag, body.pattern].filter((given) => given !== undefined).length === 1, {
    message: 'Expected exactly one of key, tag and pattern.',
  })
  .meta({ id: 'CacheInvalidateIn' });

export type CacheInvalidateIn = z.output<typeof cacheInvalidateIn>;
