import { z } from 'zod';
import { parseApiKey } from '../auth/api-key-format.js';
import {
  anyText,
  boolean,
  cidrList,
  durationList,
  integer,
  jsonObjects,
  pluginModule,
  pluginModuleList,
  sealingKeys,
  word,
} from './variable-parsers.js';

/** What a reader of the configuration reference has to know about a variable, beside its default. */
export interface VariableDoc {
  readonly description: string;
  readonly unit?: string;
  /** What applies when the variable is not set and there is no constant default. */
  readonly otherwise?: string;
  /** The value is never shown: not in problems, not in logs. */
  readonly secret?: boolean;
}

/** The documentation of every variable; `docs/reference/configuration.md` is generated from it. */
export const variableDocs = z.registry<VariableDoc>();

const apiKey = z.string().transform((value, context) => {
  if (parseApiKey(value) !== undefined) return value;
  context.addIssue({
    code: 'custom',
    message:
      'expected a key made by Postrider (pr_…, complete, its checksum right) or 32 to 256 characters of A-Z a-z 0-9 _ - that do not begin with pr_ or pt_',
  });
  return z.NEVER;
});

const databaseUrl = anyText().refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
  error: 'expected a URL such as postgres://user:password@host:5432/database',
});

const redisUrl = anyText().refine((value) => /^rediss?:\/\/[^/]/.test(value) && URL.canParse(value), {
  error: 'expected a URL such as redis://user:password@host:6379/0, or rediss://… for TLS',
});

const publicUrl = anyText().refine(
  (value) => /^https?:\/\/[^?#]+[^/?#]$/.test(value) && URL.canParse(value) && new URL(value).username === '',
  { error: 'expected a URL such as https://webhooks.example.com, without a slash at the end' },
);

/** Every variable that the server reads. `loadConfig` gives each of them a twin `<NAME>_FILE`. */
export const environmentSchema = z.object({
  PORT: integer({ min: 0, max: 65_535 }).prefault('8071').register(variableDocs, {
    description: 'Port of the HTTP API; 0 takes any free one.',
  }),
  POSTRIDER_HOST: anyText('a host name or address').prefault('127.0.0.1').register(variableDocs, {
    description:
      'Address to listen on. The default is reachable from this machine only; the container image sets `0.0.0.0`.',
  }),
  POSTRIDER_ROLE: word(['all', 'api', 'worker']).prefault('all').register(variableDocs, {
    description:
      '`all` accepts and delivers; `api` accepts only and leaves deliveries to workers; `worker` delivers only, and serves nothing but health over HTTP.',
  }),
  POSTRIDER_DATA_DIR: anyText('a directory').prefault('./data').register(variableDocs, {
    description: 'Directory of the embedded store. Made when it does not exist. Not used with a database of its own.',
  }),
  POSTRIDER_STORAGE: pluginModule().optional().register(variableDocs, {
    description: 'The storage plugin, by package name or absolute path.',
    otherwise: '`@postrider/storage-postgres` when `POSTRIDER_DATABASE_URL` is set, else `@postrider/storage-sqlite`',
  }),
  POSTRIDER_DATABASE_URL: databaseUrl.optional().register(variableDocs, {
    description: 'Connection URL of the PostgreSQL database.',
    otherwise: 'the embedded store is used',
    secret: true,
  }),
  POSTRIDER_SECRETS_KEY: sealingKeys().prefault('').register(variableDocs, {
    description:
      'Keys that encrypt signing secrets and header values of endpoints in the database: 32 random bytes in base64 (`openssl rand -base64 32`), several separated by commas or line breaks. The first one encrypts, all of them decrypt.',
    otherwise:
      'with the embedded store, a key is made on the first start and kept in `secrets.key` in `POSTRIDER_DATA_DIR`; with a database of its own nothing is encrypted',
    secret: true,
  }),
  POSTRIDER_REDIS_URL: redisUrl.optional().register(variableDocs, {
    description:
      'Connection URL of a Redis (7 or newer, or Valkey) that replicas share caches, breakers and limits through, and tell each other changes by. Nothing is lost and nothing stops when it is away.',
    otherwise: 'each process has its own; on PostgreSQL they still tell each other changes',
    secret: true,
  }),
  POSTRIDER_REPLICAS: integer({ min: 1, max: 10_000 }).prefault('1').register(variableDocs, {
    description:
      'How many processes deliver. Used only while Redis is away: each of them then lets this part of every rate pass. With fewer processes rates are not used up; with more they are exceeded.',
  }),
  POSTRIDER_CONFIG: anyText('a path').optional().register(variableDocs, {
    description:
      'A file that names plugins with their options, in TypeScript, JavaScript or JSON; variables go over it. See [plugins](../guides/configure.md).',
    otherwise: '`postrider.config.{ts,mts,js,mjs,json}` in the working directory, if there is one',
  }),
  POSTRIDER_AUTO_MIGRATE: boolean().prefault('true').register(variableDocs, {
    description:
      'Brings the schema up to date when the server starts. With `false` it refuses to start on a schema that is behind: run `postrider migrate up` first.',
  }),
  POSTRIDER_PLUGINS: pluginModuleList().prefault('').register(variableDocs, {
    description: 'Further plugins to load, as comma-separated package names or absolute paths.',
  }),
  POSTRIDER_PLUGIN_OPTIONS: jsonObjects().prefault('{}').register(variableDocs, {
    description:
      'Options of plugins (storage included) by package name, as a JSON object of objects. Unknown options are refused by the plugin.',
    secret: true,
  }),
  POSTRIDER_API_KEY: apiKey.optional().register(variableDocs, {
    description:
      'An API key with all rights on the default environment and on the instance, made known at every start: a key of our own format, or 32 to 256 characters of `A-Z a-z 0-9 _ -`.',
    otherwise: 'on the very first start a key is generated and printed once to standard output',
    secret: true,
  }),
  POSTRIDER_PUBLIC_URL: publicUrl.optional().register(variableDocs, {
    description: 'Where people reach this server, without a slash at the end: links to the portal begin with it.',
    otherwise: '`http://<POSTRIDER_HOST>:<PORT>`',
  }),
  POSTRIDER_TRUSTED_PROXIES: cidrList().prefault('').register(variableDocs, {
    description:
      'Address ranges of the reverse proxies in front of this server, comma-separated. Only from them is `x-forwarded-for` believed; what a caller is limited by, and what the audit log says, is its address.',
  }),
  POSTRIDER_AUTH_FAILURES_PER_MINUTE: integer({ min: 0, max: 100_000 }).prefault('60').register(variableDocs, {
    description:
      'Wrong keys that one address may send per minute, per process; then it gets 429 for unknown keys. 0 is any number.',
  }),
  POSTRIDER_API_RATE_PER_SECOND: integer({ min: 0, max: 1_000_000 }).prefault('100').register(variableDocs, {
    description:
      'Requests per second that one key may make in the long run, per process; then it gets 429. Publishing does not count: it refuses by itself what it cannot store. 0 is any number.',
  }),
  POSTRIDER_API_RATE_BURST: integer({ min: 1, max: 1_000_000 }).prefault('200').register(variableDocs, {
    description: 'Requests that one key may make at once after a pause.',
  }),
  POSTRIDER_EGRESS_ALLOW_CIDRS: cidrList().prefault('').register(variableDocs, {
    description:
      'Private address ranges that webhooks may be sent to, comma-separated. Everything that is not a public address is refused otherwise. Metadata services stay closed even inside these ranges.',
  }),
  POSTRIDER_EGRESS_ALLOW_METADATA: boolean().prefault('false').register(variableDocs, {
    description:
      'Opens link-local and cloud metadata addresses too, where `POSTRIDER_EGRESS_ALLOW_CIDRS` names them. Whoever may create an endpoint can then read what these services tell this machine.',
  }),
  POSTRIDER_PAYLOAD_MAX_BYTES: integer({ min: 1_024, max: 1_048_576 }).prefault('262144').register(variableDocs, {
    description: 'Largest payload of a message. A larger one is refused with 413.',
    unit: 'bytes',
  }),
  POSTRIDER_ATTEMPT_TIMEOUT_MS: integer({ min: 1_000, max: 60_000 }).prefault('20000').register(variableDocs, {
    description:
      'Deadline of one attempt, from name resolution to the last byte of the response. Endpoints may set their own.',
    unit: 'milliseconds',
  }),
  POSTRIDER_LEASE_MS: integer({ min: 11_500, max: 3_600_000 }).prefault('60000').register(variableDocs, {
    description:
      'How long a delivery belongs to a worker that gives no sign of life; then another one takes it over. At least 1.5 × the attempt timeout + 10 s.',
    unit: 'milliseconds',
  }),
  POSTRIDER_RETRY_SCHEDULE: durationList({ maxEntries: 20, minMs: 1_000, maxMs: 7 * 86_400_000 })
    .prefault('5s,5m,30m,2h,5h,10h,14h,20h,24h')
    .register(variableDocs, {
      description:
        'Delays before the second, third, … attempt, each with its unit (`s`, `m`, `h`, `d`). After the last one the delivery is dead-lettered. Endpoints may set their own.',
    }),
  POSTRIDER_AUTO_DISABLE_AFTER_HOURS: integer({ min: 0, max: 8_760 }).prefault('120').register(variableDocs, {
    description:
      'Disables an endpoint when all its attempts failed for so long, at least 20 of at least 2 messages. What waits for it is dead-lettered then, and can be recovered. 0 is never.',
    unit: 'hours',
  }),
  POSTRIDER_SVIX_ALIAS_HEADERS: boolean().prefault('true').register(variableDocs, {
    description: 'Sends `svix-id`, `svix-timestamp` and `svix-signature` beside the `webhook-*` headers.',
  }),
  POSTRIDER_METRICS_PORT: integer({ min: 0, max: 65_535 }).optional().register(variableDocs, {
    description: 'Port of its own for `/metrics`, which Prometheus scrapes; 0 takes any free one. There is no login.',
    otherwise: '9464, and when that is taken the server starts without `/metrics`',
  }),
  POSTRIDER_METRICS_HOST: anyText('a host name or address').prefault('127.0.0.1').register(variableDocs, {
    description: 'Address of `/metrics`. Open it to the network of your Prometheus alone.',
  }),
  WEBHOOK_CACHE_MAX_SIZE: integer({ min: 1, max: 10_000_000 }).prefault('1000').register(variableDocs, {
    description: 'Most entries that the cache keeps in the memory of each process.',
  }),
  WEBHOOK_CACHE_DEFAULT_TTL: integer({ min: 1, max: 31_536_000 }).prefault('300').register(variableDocs, {
    description:
      'How long what is cached without a time of its own is used. What the server itself caches has one, of seconds.',
    unit: 'seconds',
  }),
  WEBHOOK_CACHE_MAX_MEMORY_MB: integer({ min: 1, max: 1_000_000 }).prefault('100').register(variableDocs, {
    description: 'Most memory that these entries take, by estimate, in each process.',
    unit: 'MiB',
  }),
  WEBHOOK_METRICS_RETENTION_HOURS: integer({ min: 1, max: 744 }).prefault('24').register(variableDocs, {
    description: 'How far back windows of metrics can reach. They are kept in the memory of each process.',
    unit: 'hours',
  }),
  POSTRIDER_RETENTION_DAYS: integer({ min: 1, max: 3_650 }).prefault('90').register(variableDocs, {
    description: 'How long messages are kept, with their deliveries and attempts. Unfinished ones are always kept.',
    unit: 'days',
  }),
  POSTRIDER_AUDIT_RETENTION_DAYS: integer({ min: 1, max: 3_650 }).prefault('365').register(variableDocs, {
    description: 'How long the entries of the audit log are kept.',
    unit: 'days',
  }),
  POSTRIDER_TASK_RETENTION_DAYS: integer({ min: 1, max: 3_650 }).prefault('30').register(variableDocs, {
    description: 'How long background tasks that have ended are kept.',
    unit: 'days',
  }),
  WEBHOOK_ANALYTICS_RETENTION_DAYS: integer({ min: 1, max: 3_650 }).prefault('30').register(variableDocs, {
    description:
      'How long the counts behind reports are kept. They outlive the deliveries that they count, or go before them.',
    unit: 'days',
  }),
  POSTRIDER_ENDPOINTS_MAX: integer({ min: 1, max: 10_000 }).prefault('50').register(variableDocs, {
    description: 'Most endpoints of one application. One more is refused with 409.',
  }),
  POSTRIDER_MAX_PENDING: integer({ min: 0, max: 1_000_000_000 }).prefault('10000000').register(variableDocs, {
    description:
      'From this many waiting deliveries on, publishing is refused with 503 and `retry-after` until workers have caught up, so that the store does not fill up. Looked at every 10 s: leave room for what arrives in between. 0 is any number.',
  }),
  POSTRIDER_MAX_PENDING_PER_APPLICATION: integer({ min: 0, max: 1_000_000_000 })
    .prefault('1000000')
    .register(variableDocs, {
      description:
        'From this many waiting deliveries of one application on, publishing to it is refused with 429 and `retry-after`, so that one customer with dead endpoints does not use up what `POSTRIDER_MAX_PENDING` leaves to all. Looked at every 10 s. 0 is any number.',
    }),
  POSTRIDER_SHUTDOWN_GRACE_MS: integer({ min: 0, max: 600_000 }).prefault('8000').register(variableDocs, {
    description:
      'How long requests under way may take to finish after SIGTERM, before they are cut off and left to another worker. Keep it below the patience of the supervisor (`docker stop`: 10 s).',
    unit: 'milliseconds',
  }),
  POSTRIDER_PRE_STOP_DELAY_MS: integer({ min: 0, max: 600_000 }).prefault('0').register(variableDocs, {
    description:
      'How long the server goes on as before after SIGTERM, while readiness says no: the time that a load balancer needs to notice. Comes before `POSTRIDER_SHUTDOWN_GRACE_MS`; both must fit into the patience of the supervisor.',
    unit: 'milliseconds',
  }),
  POSTRIDER_LOG_LEVEL: word(['debug', 'info', 'warn', 'error', 'silent']).prefault('info').register(variableDocs, {
    description: 'The least important lines to log. The log is JSON on standard error.',
  }),
  POSTRIDER_FAILPOINTS: anyText().optional().register(variableDocs, {
    description: 'Faults to inject, for tests of the server itself. Refused unless `NODE_ENV=test`.',
    otherwise: 'none',
  }),
});

/** The parsed variables, by name. */
export type EnvironmentVariables = z.output<typeof environmentSchema>;
