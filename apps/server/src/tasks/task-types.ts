import { purgeContent } from './handlers/purge-content.js';
import { replayMissing } from './handlers/replay-missing.js';
import { replayDeliveries } from './handlers/replay.js';
import { applicationUsage, eventTypeUsage } from './handlers/usage.js';
import type { TaskHandler } from './task-handler.js';

/** The types of the contract, and ours. */
export const taskTypes = [
  'endpoint.recover',
  'endpoint.replay',
  'endpoint.bulk-replay',
  'application.purge_content',
  'application.stats',
  'event-type.aggregate',
  'dead-letter.replay',
] as const;

export type TaskType = (typeof taskTypes)[number];

/** What each type does. */
export const taskHandlers: Readonly<Record<TaskType, TaskHandler>> = {
  'endpoint.recover': replayDeliveries,
  'endpoint.replay': replayMissing,
  'endpoint.bulk-replay': replayDeliveries,
  'application.purge_content': purgeContent,
  'application.stats': applicationUsage,
  'event-type.aggregate': eventTypeUsage,
  'dead-letter.replay': replayDeliveries,
};
