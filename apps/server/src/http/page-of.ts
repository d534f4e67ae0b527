import type { Page, PageRequest } from '@postrider/core';

interface WithId {
  readonly id: string;
}

/** A page, by id, of a list that is short enough to be read whole. */
export function pageOf<T extends WithId>(all: readonly T[], { order, cursor, limit }: PageRequest): Page<T> {
  const ascending = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const inOrder = order === 'ascending' ? ascending : ascending.toReversed();
  if (cursor === undefined) return { items: inOrder.slice(0, limit), hasMore: inOrder.length > limit };
  const isAfter = ({ id }: WithId): boolean => (order === 'ascending' ? id > cursor.key : id < cursor.key);
  if (cursor.direction === 'forward') {
    const rest = inOrder.filter(isAfter);
    return { items: rest.slice(0, limit), hasMore: rest.length > limit };
  }
  const rest = inOrder.filter((item) => item.id !== cursor.key && !isAfter(item));
  return { items: rest.slice(-limit), hasMore: rest.length > limit };
}
