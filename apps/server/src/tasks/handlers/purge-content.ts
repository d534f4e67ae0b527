import { lowestIdAt } from '@postrider/core';
import { forgetContents } from '../../messages/forget-contents.js';
import { batchLimit, type TaskHandler } from '../task-handler.js';

/** Forgets the payloads of all messages of an application that were there when the task was made. */
export const purgeContent: TaskHandler = async (context, task) => {
  const { storage } = context;
  const { environmentId, applicationId = '' } = task;
  const { cursor } = task.progress;
  const page = await storage.listMessages({
    environmentId,
    applicationId,
    filter: {},
    withPayload: false,
    page: {
      limit: batchLimit,
      order: 'ascending',
      ...(cursor !== undefined && { cursor: { key: cursor, direction: 'forward' as const } }),
    },
  });
  const bound = lowestIdAt({ prefix: 'msg_', at: task.createdAt });
  const messageIds = page.items.map(({ id }) => id).filter((id) => id < bound);
  const expunged = await forgetContents(context, { environmentId, applicationId, messageIds });
  const isLast = !page.hasMore || messageIds.length < page.items.length;
  return {
    progress: {
      cursor: messageIds.at(-1) ?? cursor,
      scanned: task.progress.scanned + messageIds.length,
      affected: task.progress.affected + expunged.length,
    },
    ...(isLast && { done: {} }),
  };
};
