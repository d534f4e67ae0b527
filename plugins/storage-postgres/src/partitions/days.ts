import { idTime, lowestIdAt } from '@postrider/core';

/** The tables that are partitioned by the day of the message. */
export const partitionedTables = ['messages', 'deliveries', 'attempts'] as const;

const dayMs = 86_400_000;

/** A day in UTC, with its partitions' suffix and the bounds of its message ids (the upper one is exclusive). */
export interface PartitionDay {
  readonly suffix: string;
  readonly lowerId: string;
  readonly upperId: string;
  readonly endsAt: Date;
}

/** The day of an instant. */
export function dayOf(at: Date): PartitionDay {
  const startMs = Math.floor(at.getTime() / dayMs) * dayMs;
  const startsAt = new Date(startMs);
  const endsAt = new Date(startMs + dayMs);
  return {
    suffix: `p${startsAt.toISOString().slice(0, 10).replaceAll('-', '')}`,
    lowerId: lowestIdAt({ prefix: 'msg_', at: startsAt }),
    upperId: lowestIdAt({ prefix: 'msg_', at: endsAt }),
    endsAt,
  };
}

/** The day whose partitions end in the suffix; `undefined` for tables that are not ours. */
export function dayOfSuffix(suffix: string): PartitionDay | undefined {
  const [, year, month, day] = /^p(\d{4})(\d{2})(\d{2})$/.exec(suffix) ?? [];
  return year === undefined ? undefined : dayOf(new Date(`${year}-${month}-${day}T00:00:00Z`));
}

/** `count` days, the first of them being that of `from`. */
export function daysFrom(from: Date, count: number): PartitionDay[] {
  return Array.from({ length: count }, (_, index) => dayOf(new Date(from.getTime() + index * dayMs)));
}

/** The days of messages, each once. */
export function daysOfMessages(messageIds: readonly string[]): PartitionDay[] {
  const days = messageIds.map((id) => dayOf(idTime(id)));
  return [...new Map(days.map((day) => [day.suffix, day])).values()];
}
