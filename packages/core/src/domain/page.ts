export type SortOrder = 'ascending' | 'descending';

/**
 * A window of a list, found by key and not by offset, so that it neither skips nor repeats rows while the list grows.
 *
 * Without a cursor the window is the beginning of the list in the given order. With one it is the `limit` items
 * right after (`forward`) or right before (`backward`) the item with that key, in the same order. The key need not
 * exist any more. Keys are ordered by code unit (`C`, `BINARY`): upper case before lower case.
 */
export interface PageRequest {
  /** 1–250. */
  readonly limit: number;
  readonly order: SortOrder;
  readonly cursor?: { readonly key: string; readonly direction: 'forward' | 'backward' } | undefined;
}

/** The answer to a `PageRequest`. `hasMore` looks in the direction of the request. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}
