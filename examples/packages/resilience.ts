/** A receiver that fails at first is tried again; one that keeps failing is left alone. */
import { systemClock, systemRandom } from '@postrider/core';
import { createBreaker, retry } from '@postrider/resilience';

const answer = await retry(
  async ({ attempt }) => {
    if (attempt < 3) throw new Error('busy');
    return `delivered at attempt ${attempt}`;
  },
  { scheduleMs: [10, 20, 50] },
);
console.log(answer);

const breaker = createBreaker({ now: () => systemClock.nowMs(), random: () => systemRandom.next() });
let calls = 0;
for (let n = 0; n < 1_000; n += 1) {
  const admission = breaker.acquire();
  if (!admission.allowed) continue;
  calls += 1;
  breaker.record(admission.permit, 'failure');
}
console.log(`1000 wanted to call a receiver that is down, ${calls} did: the breaker is ${breaker.state}`);
