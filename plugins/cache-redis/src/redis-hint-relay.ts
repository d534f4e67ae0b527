import type { Hint, HintRelay } from '@postrider/core';
import { z } from 'zod';
import type { RedisConnection } from './redis-connection.js';

const hintMessage = z.object({
  from: z.string(),
  hint: z.union([
    z.object({ kind: z.literal('work_due') }),
    z.object({ kind: z.literal('invalidated'), tags: z.array(z.string()) }),
  ]),
});

/** Hints by PUBLISH and SUBSCRIBE, over the connections of the cache. */
export function createRedisHintRelay(params: {
  readonly connection: RedisConnection;
  readonly channel: string;
  readonly instanceId: string;
}): HintRelay {
  const { connection, channel, instanceId } = params;
  return {
    name: 'redis',
    get isConnected() {
      return connection.isSubscribed;
    },
    send: (hint) => {
      const message = JSON.stringify({ from: instanceId, hint });
      // Who misses it has a poll or a TTL.
      connection.call((client) => client.publish(channel, message)).catch(() => undefined);
    },
    subscribe: ({ received, connected }) =>
      connection.subscribe(channel, {
        received: (text) => {
          const hint = parseHint(text, instanceId);
          if (hint !== undefined) received(hint);
        },
        connected,
        lost: () => undefined,
      }),
  };
}

function parseHint(text: string, instanceId: string): Hint | undefined {
  try {
    const message = hintMessage.safeParse(JSON.parse(text)).data;
    return message === undefined || message.from === instanceId ? undefined : message.hint;
  } catch {
    return undefined;
  }
}
