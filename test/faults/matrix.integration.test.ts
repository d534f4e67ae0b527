/**
 * kill -9 at every failpoint, on each storage. One installation lives through all of them: every start arms the next
 * failpoint and has the work of its dead predecessor to finish.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { failpointNames } from '@postrider/delivery';
import { storageKinds } from '../e2e/support/storages.ts';
import { startDrill, type Drill } from './support/drill.ts';

/** Somewhere in the load, not at its first message. Others strike at their first hit. */
const hits: Partial<Record<(typeof failpointNames)[number], number>> = {
  'publish.before_commit': 3,
  'publish.after_commit': 3,
  'attempt.before_connect': 5,
  'attempt.after_request_written': 5,
  'attempt.after_response': 5,
  'record.before_commit': 2,
  'record.after_commit': 2,
  'claim.after_commit': 2,
};

describe.each(storageKinds)('kill -9 at every failpoint on $name', (kind) => {
  let drill: Drill | undefined;
  const keep = (started: Drill): Drill => {
    drill = started;
    return started;
  };
  afterEach(() => drill?.close());

  it.skipIf(!kind.available)(
    'delivers all that was accepted, records every request, and changes no end',
    async () => {
      const own = keep(await startDrill(kind));
      const setUp = await own.start();
      const customer = await own.addCustomer(setUp, { good: 'good', slow: 'slow' });
      await setUp.stop();
      const struck: string[] = [];

      for (const name of failpointNames) {
        const server = await own
          .start({ POSTRIDER_FAILPOINTS: `${name}=kill@${String(hits[name] ?? 1)}` })
          .catch(() => {
            struck.push(name); // it died before it could say that it was ready
          });
        if (server === undefined) continue;
        const dead = server.gone().then(() => true);
        const later = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms));
        for (let round = 0; round < 40; round += 1) {
          await own.publishMany(server, customer, 8);
          if (name === 'shutdown.draining') void server.stop();
          // A lease has to run out before a reaper has work.
          if (await Promise.race([dead, later(round < 3 ? 20 : 500)])) break;
        }
        if (await Promise.race([dead, later(0)])) struck.push(name);
        await own.noteEnds();
      }

      const last = await own.start();
      expect(struck).toEqual([...failpointNames]);
      expect(await own.verdict(last)).toEqual([]);
      expect(own.accepted.size).toBeGreaterThan(20);
      console.log(
        `${kind.name}: ${String(struck.length)} kills, ${String(own.accepted.size)} accepted, 0 lost, ` +
          `${String(own.receivers.seen.length)} requests`,
      );
    },
    300_000,
  );
});
