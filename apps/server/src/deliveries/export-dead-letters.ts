import type { DeadLetterFilter, Delivery, Message, Storage } from '@postrider/core';
import { toMessageJson } from '../messages/message.dto.js';
import { toDeliveryOut } from './delivery.dto.js';

const pageSize = 250;

/**
 * Dead letters as lines of JSON, oldest first, a page per piece. Nothing is read before the piece before it was taken,
 * so that a slow reader costs a page of memory. What dies meanwhile may come in, too.
 */
export async function* exportDeadLetters(
  storage: Pick<Storage, 'listDeliveries' | 'findMessages'>,
  params: { readonly environmentId: string; readonly filter: DeadLetterFilter; readonly withContent: boolean },
): AsyncGenerator<string> {
  const { environmentId, withContent } = params;
  const filter = { ...params.filter, statuses: ['dead_letter'] as const };
  let cursor: { readonly key: string; readonly direction: 'forward' } | undefined;
  do {
    const page = { limit: pageSize, order: 'ascending', cursor } as const;
    const { items, hasMore } = await storage.listDeliveries({ environmentId, filter, page });
    const messages = await findMessages(storage, { environmentId, deliveries: items, withContent });
    const lines = items.map((delivery) => toLine(delivery, messages.get(delivery.messageId), { withContent }));
    if (lines.length > 0) yield lines.join('');
    const last = items.at(-1);
    cursor = hasMore && last !== undefined ? { key: last.id, direction: 'forward' } : undefined;
  } while (cursor !== undefined);
}

async function findMessages(
  storage: Pick<Storage, 'findMessages'>,
  params: { readonly environmentId: string; readonly deliveries: readonly Delivery[]; readonly withContent: boolean },
): Promise<ReadonlyMap<string, Message>> {
  const { environmentId, deliveries, withContent: withPayload } = params;
  const byApplication = Map.groupBy(deliveries, ({ applicationId }) => applicationId);
  const found = await Promise.all(
    [...byApplication].map(([applicationId, own]) => {
      const messageIds = [...new Set(own.map(({ messageId }) => messageId))];
      return storage.findMessages({ environmentId, applicationId, messageIds, withPayload });
    }),
  );
  return new Map(found.flat().map((message) => [message.id, message]));
}

/** Put together as text: a payload leaves as it came. */
function toLine(
  delivery: Delivery,
  message: Message | undefined,
  { withContent }: { readonly withContent: boolean },
): string {
  const text = JSON.stringify(toDeliveryOut(delivery));
  // Line ends inside of a payload stand between its tokens: within a text they are escaped.
  const shown = message && toMessageJson(message, { withContent }).replaceAll(/[\r\n]/g, ' ');
  return shown === undefined ? `${text}\n` : `${text.slice(0, -1)},"message":${shown}}\n`;
}
