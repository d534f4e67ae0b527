/**
 * What an `idempotency-key` adds to publishing: rounds with one and without one, in turn, against one server without
 * endpoints. The figure that matters is the ratio.
 *
 *   node bench/micro/idempotency.ts sqlite 2000
 */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { createApplication } from '../src/load/contract.ts';
import { median } from '../src/statistics.ts';
import { createDeployment, type StorageKind } from '../src/systems/deployment.ts';

const [kind = 'sqlite', messages = '2000'] = process.argv.slice(2);
if (!['null', 'sqlite', 'postgres'].includes(kind)) {
  throw new Error(`The storage is ${kind}; there are null, sqlite and postgres.`);
}
const rounds = 9;
const publishers = 16;
const body = `{"eventType":"bench.event","payload":{"filler":"${'x'.repeat(480)}"}}`;

const deployment = await createDeployment(kind as StorageKind);
try {
  const server = await deployment.start();
  const application = await createApplication(server, []);
  const pool = new Pool(server.baseUrl, { connections: publishers });
  const path = `/api/v1/app/${application}/msg`;
  const common = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };

  /** Microseconds per message, all publishers together. */
  const publishAll = async (withKey: boolean): Promise<number> => {
    let left = Number(messages);
    const startedAt = performance.now();
    const publisher = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const headers = withKey ? { ...common, 'idempotency-key': randomUUID() } : common;
        const answer = await pool.request({ method: 'POST', path, headers, body });
        const text = await answer.body.text();
        const { statusCode } = answer;
        if (statusCode !== 202) throw new Error(`A publish was answered with ${String(statusCode)}: ${text}`);
      }
    };
    await Promise.all(Array.from({ length: publishers }, publisher));
    return ((performance.now() - startedAt) * 1_000) / Number(messages);
  };

  const samples = { without: [] as number[], with: [] as number[] };
  await publishAll(false); // warm up
  await publishAll(true);
  for (let round = 0; round < rounds; round += 1) {
    samples.without.push(await publishAll(false));
    samples.with.push(await publishAll(true));
  }
  await pool.close();
  // Within a round, so that what else the machine does weighs on both sides.
  const ratios = samples.with.map((us, round) => us / (samples.without[round] ?? Number.NaN));
  console.log(`${kind}, without a key: ${median(samples.without).toFixed(0)} µs per message`);
  console.log(`${kind}, with a key: ${median(samples.with).toFixed(0)} µs per message`);
  console.log(`with ÷ without: ${median(ratios).toFixed(2)} (goal: ≤ 1.15)`);
} finally {
  await deployment.remove();
}
