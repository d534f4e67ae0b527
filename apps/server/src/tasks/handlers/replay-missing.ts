import { expungedPayload, lowestIdAt, type Message } from '@postrider/core';
import { whyUnmatched } from '../../endpoints/subscription.js';
import { batchLimit, type TaskHandler } from '../task-handler.js';
import { TaskInput } from '../task-input.js';
import { toReplay } from './replay.js';

/** Delivers to an endpoint the messages that it subscribes to and never had a delivery of: it is newer, or was disabled. */
export const replayMissing: TaskHandler = async (context, task) => {
  const { environmentId, applicationId = '' } = task;
  const { storage } = context;
  const input = new TaskInput(task.input);
  const endpointId = input.text('endpointId') ?? '';
  const endpoint = await storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } });
  if (endpoint === undefined || endpoint.disabled) {
    return { failure: 'The endpoint is disabled or gone: enable it, then start again.' };
  }
  const { cursor } = task.progress;
  const page = await storage.listMessages({
    environmentId,
    applicationId,
    filter: { after: input.instant('since'), before: input.instant('until'), eventTypes: endpoint.eventTypes },
    withPayload: true,
    page: {
      limit: batchLimit,
      order: 'ascending',
      ...(cursor !== undefined && { cursor: { key: cursor, direction: 'forward' as const } }),
    },
  });
  const bound = lowestIdAt({ prefix: 'msg_', at: task.createdAt });
  const items = page.items.filter(({ id }) => id < bound);
  const hasDelivery = async ({ id: messageId }: Message): Promise<boolean> => {
    const filter = { applicationId, messageId, endpointId };
    const found = await storage.listDeliveries({ environmentId, filter, page: { limit: 1, order: 'descending' } });
    return found.items.length > 0;
  };
  const missing: Message[] = [];
  for (const message of items) {
    if (message.payload === expungedPayload || whyUnmatched(endpoint, message) !== undefined) continue;
    if (!(await hasDelivery(message))) missing.push(message);
  }
  const isLast = !page.hasMore || items.length < page.items.length;
  return {
    progress: {
      cursor: items.at(-1)?.id ?? cursor,
      scanned: task.progress.scanned + items.length,
      affected: task.progress.affected,
    },
    deliveries: missing.map(({ id: messageId }) => toReplay(context, { applicationId, messageId, endpointId })),
    ...(isLast && { done: {} }),
  };
};
