/** F12: a server is asked to stop while requests are under way. */
import { afterEach, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from '../e2e/support/receiver.ts';
import { callApi, createApplication } from '../e2e/support/api.ts';
import { storageKinds } from '../e2e/support/storages.ts';
import { startDrill, until, type Drill } from './support/drill.ts';

let drill: Drill | undefined;
let receiver: Receiver | undefined;
const keepReceiver = (started: Receiver): Receiver => {
  receiver = started;
  return started;
};
afterEach(async () => {
  await receiver?.close();
  await drill?.close();
  drill = undefined;
  receiver = undefined;
});

/** An endpoint that nothing is known about gets four requests at once, and all of that kind together 49. */
const endpoints = 12;
const perEndpoint = 4;
const inFlight = endpoints * perEndpoint;
/** Longer than what the receivers take, with a lease to match. */
const patient = { POSTRIDER_ATTEMPT_TIMEOUT_MS: '60000', POSTRIDER_LEASE_MS: '100000', POSTRIDER_LOG_LEVEL: 'info' };

async function publishAll(server: Awaited<ReturnType<Drill['start']>>, url: string): Promise<void> {
  const urls = Array.from({ length: endpoints }, (_, n) => `${url}/${String(n)}`);
  const { applicationId } = await createApplication(server, urls);
  await Promise.all(
    Array.from({ length: perEndpoint }, (_, n) =>
      callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: 'slow.event', payload: { n } } }),
    ),
  );
}

describe.each(storageKinds)('F12 on $name', (kind) => {
  it.skipIf(!kind.available)(
    '48 requests that take 3 s are finished: exit 0 within 10 s, none sent twice',
    async () => {
      drill = await startDrill(kind, patient);
      const own = keepReceiver(await startReceiver());
      own.answerWith(() => ({ status: 200, delayMs: 3_000 }));
      const server = await drill.start();
      await publishAll(server, own.url);
      await own.waitFor(({ length }) => length >= inFlight);
      const beganMs = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - beganMs).toBeLessThan(10_000);
      const rows = await drill.ledger.readDeliveries();
      expect(rows.map(({ status, attemptCount }) => `${status} ${String(attemptCount)}`)).toEqual(
        Array.from({ length: inFlight }, () => 'delivered 1'),
      );
      expect(own.requests).toHaveLength(inFlight);
    },
    90_000,
  );
});

describe.each(storageKinds.filter(({ name }) => name === 'postgres'))('F12 on $name with two replicas', (kind) => {
  it.skipIf(!kind.available)(
    'what takes longer than the grace is cut off and sent by the other one at once',
    async () => {
      drill = await startDrill(kind, { ...patient, POSTRIDER_SHUTDOWN_GRACE_MS: '5000' });
      const own = keepReceiver(await startReceiver());
      own.answerWith(() => ({ status: 200, delayMs: 60_000 }));
      const first = await drill.start();
      await publishAll(first, own.url);
      await own.waitFor(({ length }) => length >= inFlight);
      const second = await drill.start({ POSTRIDER_ROLE: 'worker' });
      own.answerWith(() => ({ status: 200 }));

      const stopping = first.stop();
      const exited = stopping.then(() => performance.now());
      expect(await stopping).toBe(0);
      await own.waitFor(({ length }) => length >= 2 * inFlight, 20_000);
      // Two seconds for the claim, and what a busy machine adds; the lease would take 100.
      expect(performance.now() - (await exited)).toBeLessThan(2_000 + 3_000);
      const ledger = drill.ledger;
      await until('all is delivered', async () =>
        (await ledger.readDeliveries()).every(({ status }) => status === 'delivered'),
      );
      const outcomes = (await ledger.readAttempts()).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'unknown')).toHaveLength(inFlight);
      expect(outcomes.filter((outcome) => outcome === 'succeeded')).toHaveLength(inFlight);
      const perMessage = Map.groupBy(own.requests, ({ path, webhookId }) => `${path} ${webhookId}`);
      expect([...perMessage.values()].every(({ length }) => length === 2)).toBe(true);
      expect(await second.stop()).toBe(0);
    },
    90_000,
  );
});
