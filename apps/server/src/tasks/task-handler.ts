import type { Clock, IdGenerator, Storage, Task, TaskData, TaskDelivery, TaskProgress } from '@postrider/core';
import type { DeliveryEngine } from '@postrider/delivery';

/** What handlers work with. */
export interface TaskContext {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly delivery: Pick<DeliveryEngine, 'cancelDelivery'>;
}

/** What one batch of a task came to; written in one transaction. */
export type TaskBatch =
  | {
      /** `affected` without the deliveries, which the store counts as it adds them. */
      readonly progress: TaskProgress;
      readonly deliveries?: readonly TaskDelivery[] | undefined;
      /** Present when nothing is left to do. */
      readonly done?: { readonly result?: TaskData | undefined } | undefined;
    }
  /** It can never be done, in words for the adopter. */
  | { readonly failure: string };

/**
 * Does the next batch of a task, from its cursor. Everything it does besides the deliveries that it returns must be
 * safe to do again: after a crash the batch is run anew.
 */
export type TaskHandler = (context: TaskContext, task: Task) => Promise<TaskBatch>;

/** Most things that one batch looks at. */
export const batchLimit = 100;
