import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { systemClock } from '@postrider/core';
import { requireService } from '@postrider/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const redis = requireService('redis', import.meta.url);

interface Probe {
  readonly allowed: boolean;
  readonly retryAtMs?: number;
}

describe.skipIf(!redis.available)('4 processes that call one failing endpoint', () => {
  let replicas: ChildProcess[];

  const answerOf = async (replica: ChildProcess): Promise<unknown> => {
    const [message] = (await once(replica, 'message')) as readonly { readonly result: unknown }[];
    return message?.result;
  };
  const ask = (replica: ChildProcess, command: string): Promise<unknown> => {
    const answer = answerOf(replica);
    replica.send(command);
    return answer;
  };
  const askAll = (command: string): Promise<readonly unknown[]> =>
    Promise.all(replicas.map((replica) => ask(replica, command)));
  const probeAll = async (): Promise<readonly Probe[]> => (await askAll('probe')) as readonly Probe[];
  const waitUntil = (atMs: number): Promise<void> => systemClock.sleep({ delayMs: atMs - systemClock.nowMs() + 5 });

  beforeEach(async () => {
    const args = [redis.url, `test-${randomUUID()}`, 'ep_1'];
    replicas = Array.from({ length: 4 }, () => fork(join(import.meta.dirname, 'support/failing-process.ts'), args));
    await Promise.all(replicas.map((replica) => answerOf(replica)));
  });
  afterEach(() => {
    for (const replica of replicas) replica.kill('SIGKILL');
  });

  it('stop after 10 calls in all, and make exactly one probe per window', async () => {
    const calls = (await askAll('run')) as readonly number[];
    const total = calls.reduce((sum, count) => sum + count, 0);
    // Those that were under way when the tenth failed.
    expect(total).toBeGreaterThanOrEqual(10);
    expect(total).toBeLessThanOrEqual(13);

    let refused = await probeAll();
    for (let window = 0; window < 3; window += 1) {
      // The holder of the last probe knows how long it is open; the others still know of the probe alone.
      await waitUntil(Math.max(...refused.map(({ retryAtMs = 0 }) => retryAtMs)));
      const probes = await probeAll();
      expect(probes.filter(({ allowed }) => allowed)).toHaveLength(1);
      await ask(replicas[probes.findIndex(({ allowed }) => allowed)] as ChildProcess, 'fail');
      refused = await probeAll();
      expect(refused.filter(({ allowed }) => allowed)).toHaveLength(0);
    }
  });

  it('pass the probe on when the process that holds it is killed', async () => {
    await askAll('run');
    const [refused] = await probeAll();
    await waitUntil(refused?.retryAtMs ?? 0);
    const probes = await probeAll();
    const holder = probes.findIndex(({ allowed }) => allowed);
    expect(holder).toBeGreaterThanOrEqual(0);
    replicas[holder]?.kill('SIGKILL');
    replicas.splice(holder, 1);

    const leaseUntilMs = probes.find(({ allowed }) => !allowed)?.retryAtMs ?? 0;
    expect((await probeAll()).filter(({ allowed }) => allowed)).toHaveLength(0);
    await waitUntil(leaseUntilMs);
    expect((await probeAll()).filter(({ allowed }) => allowed)).toHaveLength(1);
  });
});
