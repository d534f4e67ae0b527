import { describe, expect, it } from 'vitest';
import { runExample } from './run-example.ts';

const outputs: Readonly<Record<string, string>> = {
  'packages/resilience.ts': `delivered at attempt 3
1000 wanted to call a receiver that is down, 10 did: the breaker is open
`,
  'packages/cache.ts': `100 callers, 1 load
2 loads after a change, 1 hit, 1 entry
`,
  'packages/metrics.ts': `raised: webhook_queue_size, warning
resolved: webhook_queue_size, warning
{ count: 2, average: 0.2, latest: 0.3 }
`,
  'packages/analytics.ts': `20 deliveries, 75 % delivered
{ http_503: 5 } { delivery: 15, error: 5, rate_limit: 0, circuit_breaker: 1 }
half of the attempts took less than 0.10 s
trend: stable
`,
  'packages/health.ts': `60 fair
-25 success: 50 of 100 deliveries did not succeed
-15 errors: the last attempt of 50 deliveries failed by an error
ready: true
ready without the database: false, alive: true
`,
  'nestjs/main.ts': `[ 'customer of inv_1, load 1', 'customer of inv_1, load 1' ]
inv_1 sent at try 2
1 delivered with 2 attempts
ready: 200
`,
};

describe('examples', () => {
  it.each(Object.keys(outputs))('%s prints what it shows', async (file) => {
    expect(await runExample(file)).toEqual({ exitCode: 0, output: outputs[file] });
  });
});
