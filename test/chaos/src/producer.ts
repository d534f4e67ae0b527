import { randomUUID } from 'node:crypto';
import { callApi } from '../../e2e/support/api.ts';
import type { Chance } from './chance.ts';
import type { Fleet } from './fleet.ts';
import { hashOf } from './receivers.ts';

/** A message whose publish was answered with 202. */
export interface Accepted {
  readonly messageId: string;
  readonly applicationId: string;
  readonly bodyHash: string;
}

export interface Producer {
  readonly accepted: ReadonlyMap<string, Accepted>;
  /** Answers other than 202, and calls without an answer. */
  readonly refused: number;
  /** Publishes whose outcome stayed unknown: they may have been stored, once. */
  readonly unknown: number;
  /** Stops publishing and waits for the calls under way. */
  stop(): Promise<void>;
}

const triesPerMessage = 8;
const retryDelayMs = 250;

/** Publishes at a steady rate, each message to a server by chance, and tries again with the same idempotency key. */
export function startProducer(params: {
  readonly fleet: Fleet;
  readonly chance: Chance;
  readonly applicationIds: readonly string[];
  readonly messagesPerSecond: number;
}): Producer {
  const { fleet, chance, applicationIds } = params;
  const accepted = new Map<string, Accepted>();
  const underWay = new Set<Promise<void>>();
  let refused = 0;
  let unknown = 0;
  let number = 0;

  const publish = async (): Promise<void> => {
    const applicationId = chance.pick(applicationIds);
    const payload = { number: (number += 1), padding: 'x'.repeat(chance.between(0, 600)) };
    const body = { eventType: chance.pick(['invoice.paid', 'user.created']), payload };
    const idempotencyKey = randomUUID();
    for (let tries = 0; tries < triesPerMessage; tries += 1) {
      const server = { url: chance.pick(fleet.urls), apiKey: fleet.apiKey };
      const request = { path: `/app/${applicationId}/msg`, body, idempotencyKey };
      const answer = await callApi<{ id: string }>(server, request).catch(() => undefined);
      if (answer?.status === 202) {
        accepted.set(answer.body.id, {
          messageId: answer.body.id,
          applicationId,
          bodyHash: hashOf(JSON.stringify(payload)),
        });
        return;
      }
      refused += 1;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs * (tries + 1)));
    }
    unknown += 1;
  };
  const ticker = setInterval(() => {
    const call = publish().finally(() => underWay.delete(call));
    underWay.add(call);
  }, 1_000 / params.messagesPerSecond);

  return {
    accepted,
    get refused() {
      return refused;
    },
    get unknown() {
      return unknown;
    },
    async stop() {
      clearInterval(ticker);
      await Promise.all(underWay);
    },
  };
}
