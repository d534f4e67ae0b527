/**
 * A replica that calls an endpoint that always fails: `failing-process.ts <url> <prefix> <subject>`. Commands come as
 * messages: `run` calls as fast as it may until no call is allowed, `probe` asks once, `record` gives that probe's
 * result. It answers each with a message.
 */
import { systemClock, systemRandom } from '@postrider/core';
import { createSharedBreaker, defineBreakerPolicy, type BreakerPermit } from '@postrider/resilience';
import { createRedisState } from '@postrider/state-redis';

const [url = '', keyPrefix = '', subject = ''] = process.argv.slice(2);
const options = { url, keyPrefix, timeoutMs: 5000, connectTimeoutMs: 5000 };
const state = createRedisState(options, { clock: systemClock, random: () => systemRandom.next() });
await state.connect();
const policy = defineBreakerPolicy({ openMs: 1000, openJitter: 0, probeLeaseMs: 1000 });
const breaker = createSharedBreaker({ state, subject, policy, clock: systemClock });
let permit: BreakerPermit | undefined;

async function callUntilRefused(): Promise<number> {
  let calls = 0;
  for (;;) {
    const admission = await breaker.acquire();
    if (!admission.allowed) return calls;
    calls += 1;
    // The endpoint takes a moment to fail, in which the other replicas call it, too.
    await systemClock.sleep({ delayMs: 5 });
    await breaker.record(admission.permit, 'failure');
  }
}

async function probe(): Promise<{ readonly allowed: boolean; readonly retryAtMs?: number | undefined }> {
  const admission = await breaker.acquire();
  permit = admission.allowed ? admission.permit : undefined;
  return admission.allowed ? { allowed: true } : { allowed: false, retryAtMs: admission.retryAt?.getTime() };
}

process.on('message', (command: 'run' | 'probe' | 'fail') => {
  const answer = { run: callUntilRefused, probe, fail: async () => permit && breaker.record(permit, 'failure') }[
    command
  ];
  void answer().then((result) => process.send?.({ result: result ?? null }));
});
process.send?.({ result: 'ready' });
