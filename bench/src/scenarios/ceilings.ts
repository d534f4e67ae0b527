import { publishRequest } from '../load/contract.ts';
import { createPayloads } from '../load/payloads.ts';
import { runLoad } from '../load/run-load.ts';
import type { Scenario } from './scenario.ts';

/** What the tools of the benchmark can do themselves. */
export const ceilings: Scenario = {
  name: 'ceilings',
  title: 'Ceiling of the tools',
  about:
    'The load generator publishes straight to the receiver, with nothing in between: no figure of a system can be higher.',
  columns: [
    { metric: 'requestsPerSecond', label: 'requests/s' },
    { metric: 'p99Ms', label: 'p99 ms', digits: 1 },
  ],
  async run(context) {
    const { scale, receiver } = context;
    const payload = createPayloads(scale.payloadBytes);
    const server = { baseUrl: new URL(receiver.url(0)).origin, token: 'none' };
    for (let round = 0; round < scale.rounds; round += 1) {
      const arriving = receiver.begin({ expect: scale.messages, timeoutMs: scale.patienceSeconds * 1_000 });
      const { firstRequestMs, latenciesMs } = await runLoad({
        baseUrls: [server.baseUrl],
        connections: scale.connections,
        requests: scale.messages,
        makeRequest: (n, sentAtMs) => publishRequest(server, 'app', payload(n, sentAtMs)).replace(/ \S+ /, ' /e/0 '),
      });
      const { lastArrivalMs, distinct } = await arriving;
      context.record('generator and receiver', {
        requestsPerSecond: (distinct * 1_000) / (lastArrivalMs - firstRequestMs),
        p99Ms: latenciesMs[Math.floor(latenciesMs.length * 0.99)] ?? Number.NaN,
      });
    }
  },
};
