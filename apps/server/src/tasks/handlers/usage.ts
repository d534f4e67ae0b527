import type { Rollup } from '@postrider/core';
import type { TaskContext, TaskHandler } from '../task-handler.js';
import { TaskInput } from '../task-input.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** Counts the attempts of each application in a time range. */
export const applicationUsage: TaskHandler = async (context, task) => {
  const input = new TaskInput(task.input);
  const range = { from: input.instant('since') ?? task.createdAt, to: input.instant('until') ?? task.createdAt };
  const wanted = input.texts('applicationIds');
  const applications = await countAttempts(context, {
    ...range,
    environmentId: task.environmentId,
    keyOf: ({ applicationId }) => (wanted?.includes(applicationId) === false ? undefined : applicationId),
  });
  const scanned = Object.keys(applications).length;
  return { progress: { scanned, affected: 0 }, done: { result: { applications } } };
};

/** Counts the attempts of each event type over the last seven days. */
export const eventTypeUsage: TaskHandler = async (context, { environmentId, createdAt: to }) => {
  const from = new Date(to.getTime() - 7 * dayMs);
  const eventTypes = await countAttempts(context, { environmentId, from, to, keyOf: ({ eventType }) => eventType });
  const scanned = Object.keys(eventTypes).length;
  return { progress: { scanned, affected: 0 }, done: { result: { eventTypes } } };
};

/** Adds attempts up by a key, day after day: no more than the rollups of a day are held at once. */
async function countAttempts(
  { storage }: TaskContext,
  params: {
    readonly environmentId: string;
    readonly from: Date;
    readonly to: Date;
    readonly keyOf: (rollup: Rollup) => string | undefined;
  },
): Promise<Record<string, number>> {
  const { environmentId, keyOf } = params;
  const counts: Record<string, number> = {};
  for (let fromMs = params.from.getTime(); fromMs < params.to.getTime(); fromMs += dayMs) {
    const to = new Date(Math.min(fromMs + dayMs, params.to.getTime()));
    for (const rollup of await storage.readRollups({ environmentId, from: new Date(fromMs), to })) {
      const key = keyOf(rollup);
      if (key !== undefined) counts[key] = (counts[key] ?? 0) + rollup.attempts;
    }
  }
  return counts;
}
