import {
  expungedPayload,
  lowestIdAt,
  type DeadLetterReason,
  type Delivery,
  type DeliveryFilter,
  type DeliveryStatus,
  type Message,
  type Task,
  type TaskDelivery,
} from '@postrider/core';
import { batchLimit, type TaskContext, type TaskHandler } from '../task-handler.js';
import { TaskInput } from '../task-input.js';

/** What a replay task looks for. All parts must match; everything but `statuses` is optional. */
interface ReplaySearch {
  readonly filter: DeliveryFilter;
  readonly eventTypes: readonly string[] | undefined;
  readonly channel: string | undefined;
  readonly tag: string | undefined;
  readonly statusCodeClass: number | undefined;
  readonly reason: DeadLetterReason | undefined;
}

const endedStatuses: readonly DeliveryStatus[] = ['delivered', 'dead_letter', 'cancelled'];

/**
 * Delivers again what the search finds among the newest deliveries of their message and endpoint, oldest first. What
 * is made after the task was (its own replays too) is not looked at, so that it ends. What has not ended is left alone,
 * as are messages whose contents were expunged and endpoints that are disabled.
 */
export const replayDeliveries: TaskHandler = async (context, task) => {
  const { environmentId } = task;
  const search = toSearch(task);
  const { cursor } = task.progress;
  const page = await context.storage.listDeliveries({
    environmentId,
    filter: search.filter,
    page: {
      limit: batchLimit,
      order: 'ascending',
      ...(cursor !== undefined && { cursor: { key: cursor, direction: 'forward' as const } }),
    },
  });
  const bound = lowestIdAt({ prefix: 'dlv_', at: task.createdAt });
  const items = page.items.filter(({ id }) => id < bound);
  const endpointId = search.filter.endpointId;
  if (endpointId !== undefined && (await isDisabled(context, task, endpointId)) !== false) {
    return { failure: 'The endpoint is disabled or gone: enable it, then start again.' };
  }
  const wanted = await selectWanted(context, task, { search, items });
  const progress = {
    cursor: items.at(-1)?.id ?? cursor,
    scanned: task.progress.scanned + items.length,
    affected: task.progress.affected,
  };
  const isLast = !page.hasMore || items.length < page.items.length;
  return {
    progress,
    deliveries: wanted.map((delivery) => toReplay(context, delivery)),
    ...(isLast && { done: {} }),
  };
};

function toSearch(task: Task): ReplaySearch {
  const input = new TaskInput(task.input);
  return {
    filter: {
      applicationId: task.applicationId,
      endpointId: input.text('endpointId'),
      statuses: (input.texts('statuses') as readonly DeliveryStatus[] | undefined) ?? endedStatuses,
      newestOnly: true,
      after: input.instant('since'),
      before: input.instant('until'),
    },
    eventTypes: input.texts('eventTypes'),
    channel: input.text('channel'),
    tag: input.text('tag'),
    statusCodeClass: input.number('statusCodeClass'),
    reason: input.text('reason') as DeadLetterReason | undefined,
  };
}

/** Which of the deliveries to send again. Reads the messages of each application at once. */
async function selectWanted(
  context: TaskContext,
  task: Task,
  { search, items }: { readonly search: ReplaySearch; readonly items: readonly Delivery[] },
): Promise<readonly Delivery[]> {
  const ended = items.filter(
    ({ status, reason }) => endedStatuses.includes(status) && (search.reason === undefined || reason === search.reason),
  );
  const messages = await loadMessages(context, ended);
  const matching = ended.filter((delivery) => fits(messages.get(delivery.messageId), search));
  const kept: Delivery[] = [];
  const disabled = new Map<string, Promise<boolean | undefined>>();
  for (const delivery of matching) {
    const { endpointId } = delivery;
    const known = disabled.get(endpointId) ?? isDisabled(context, { ...task, ...delivery }, endpointId);
    disabled.set(endpointId, known);
    if ((await known) !== false) continue;
    if (search.statusCodeClass !== undefined && !(await endedWith(context, delivery, search.statusCodeClass))) continue;
    kept.push(delivery);
  }
  return kept;
}

async function loadMessages(
  { storage }: TaskContext,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<string, Message>> {
  const byApplication = Map.groupBy(deliveries, ({ applicationId }) => applicationId);
  const found = await Promise.all(
    [...byApplication].map(([applicationId, own]) =>
      storage.findMessages({
        environmentId: own[0]?.environmentId ?? '',
        applicationId,
        messageIds: [...new Set(own.map(({ messageId }) => messageId))],
        withPayload: true,
      }),
    ),
  );
  return new Map(found.flat().map((message) => [message.id, message]));
}

function fits(message: Message | undefined, { eventTypes, channel, tag }: ReplaySearch): boolean {
  if (message === undefined || message.payload === expungedPayload) return false;
  return (
    (eventTypes === undefined || eventTypes.includes(message.eventType)) &&
    (channel === undefined || message.channels?.includes(channel) === true) &&
    (tag === undefined || message.tags?.includes(tag) === true)
  );
}

/** Whether the last attempt of the delivery was answered with a status code of the class (in hundreds). */
async function endedWith({ storage }: TaskContext, delivery: Delivery, statusCodeClass: number): Promise<boolean> {
  const { environmentId, applicationId, messageId, id: deliveryId } = delivery;
  const { items } = await storage.listAttempts({
    environmentId,
    applicationId,
    filter: { messageId, deliveryId },
    page: { limit: 1, order: 'descending' },
  });
  return items[0] !== undefined && Math.floor(items[0].responseStatusCode / 100) === statusCodeClass;
}

/** `undefined` when there is no such endpoint. */
async function isDisabled(
  { storage }: TaskContext,
  { environmentId, applicationId }: { environmentId: string; applicationId?: string | undefined },
  endpointId: string,
): Promise<boolean | undefined> {
  if (applicationId === undefined) return undefined;
  return (await storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } }))?.disabled;
}

/** A new delivery of the message of an ended one. */
export function toReplay(
  { ids, clock }: Pick<TaskContext, 'ids' | 'clock'>,
  { applicationId, messageId, endpointId }: Pick<Delivery, 'applicationId' | 'messageId' | 'endpointId'>,
): TaskDelivery {
  const delivery = { id: ids.next('dlv_'), endpointId, trigger: 'manual' as const, dueAt: clock.now() };
  return { applicationId, messageId, delivery };
}
