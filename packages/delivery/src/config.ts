import { defaultMaxRetryAgeMs, defaultRetryScheduleMs } from '@postrider/resilience';
import { z } from 'zod';

const count = z.number().int().positive();
const durationMs = z.number().int().positive();

/** Configuration of the delivery plugin: the options of the engine and of its sender. Durations in milliseconds. */
export const deliveryConfig = z.strictObject({
  role: z.enum(['all', 'api', 'worker']).default('all').describe('`api` only publishes; the others also deliver.'),
  workerId: z.string().min(1).max(128).optional().describe('Names this process in its leases. Default: random.'),
  userAgent: z.string().min(1).max(256).default('Postrider').describe('Sent as `user-agent`.'),
  svixHeaders: z.boolean().default(true).describe('Sends the signature headers under their `svix-` names too.'),
  maxInFlight: count.max(10_000).default(256).describe('Requests under way at once.'),
  perEndpointConcurrency: count.max(1_000).default(32).describe('Most requests to one endpoint at once.'),
  laneDepth: count.default(256).describe('Deliveries of one endpoint held in memory.'),
  maxLeased: count.default(4_096).describe('Deliveries held in memory.'),
  maxQueuedPublishes: count.default(10_000).describe('Publishes that may wait for their commit.'),
  publishBatchSize: count.max(1_000).default(200).describe('Most messages in one transaction.'),
  commitConcurrency: count.max(16).default(1).describe('Publish transactions at once.'),
  recordBatchSize: count.max(1_000).default(200).describe('Most outcomes in one transaction.'),
  recordLingerMs: durationMs.max(1_000).default(5).describe('How long an outcome waits for others to share a commit.'),
  recordConcurrency: count.max(16).default(1).describe('Outcome transactions at once.'),
  routeTtlMs: durationMs.default(2_000).describe('How stale subscriptions and secrets may be.'),
  maxCachedEndpoints: count.default(100_000).describe('Endpoints whose routing is kept in memory.'),
  timeoutMs: durationMs.min(1_000).max(60_000).default(20_000).describe('Deadline of an attempt.'),
  maxTimeoutMs: durationMs.min(1_000).max(60_000).optional().describe("Endpoints' own deadlines are cut to this."),
  leaseMs: durationMs.default(60_000).describe('At least 1.5 × the longest deadline + 10 s.'),
  heartbeatIntervalMs: durationMs.default(10_000).describe('How often leases are renewed.'),
  reapIntervalMs: durationMs.default(15_000).describe('How often leases of vanished workers are taken back.'),
  pollIntervalMs: durationMs.default(1_000).describe('How often storage is asked for due deliveries without a hint.'),
  retryScheduleMs: z
    .array(z.number().int().min(1_000))
    .min(1)
    .max(20)
    .default([...defaultRetryScheduleMs])
    .describe('Delays before the 2nd, 3rd, … attempt.'),
  maxAgeMs: durationMs.default(defaultMaxRetryAgeMs).describe('No attempt is made this long after the first.'),
  autoDisableAfterMs: z
    .number()
    .int()
    .nonnegative()
    .default(120 * 3_600_000)
    .describe('Disables an endpoint when all attempts failed for so long; 0 never.'),
  failureCheckIntervalMs: durationMs.default(60_000).describe('How often endpoints that fail for long are looked at.'),
  breakerOpenMs: durationMs.default(30_000).describe("How long an endpoint's breaker stays open at first."),
  breakerMaxOpenMs: durationMs.default(600_000).describe('The longest that a breaker stays open.'),
  egress: z
    .strictObject({
      allowCidrs: z.array(z.string()).default([]).describe('Ranges beyond the public internet that may be reached.'),
      allowMetadata: z.boolean().default(false).describe('Lets `allowCidrs` cover link-local and metadata addresses.'),
      canaryUrl: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('Gets a small POST when most endpoints fail together: any answer means that the fault is not ours.'),
      allowNat64: z.boolean().default(false).describe('Judges `64:ff9b::/96` by the IPv4 address in it.'),
    })
    .prefault({})
    .describe('Which addresses webhooks may be sent to.'),
});
