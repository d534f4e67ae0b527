import { lowestIdAt } from '@postrider/core';

/** An id may be a little older or newer than the message says it is: another clock, a burst that ran ahead. */
const slackMs = 3_600_000;

/**
 * Bounds of message ids that follow from bounds of creation. They exclude whole partitions; within those that remain
 * the creation itself decides.
 */
export function messageIdBounds(filter: { readonly before?: Date | undefined; readonly after?: Date | undefined }): {
  readonly before: string | undefined;
  readonly after: string | undefined;
} {
  const boundAt = (at: Date, shiftMs: number): string =>
    lowestIdAt({ prefix: 'msg_', at: new Date(at.getTime() + shiftMs) });
  return {
    before: filter.before && boundAt(filter.before, slackMs),
    after: filter.after && boundAt(filter.after, -slackMs),
  };
}
