import type { EndedDeliveries } from '../rollup/ended-deliveries.js';

/** Outcomes of writes that can lose against what is stored. Values, not errors: they are expected. */
export type CreateResult<T> =
  | { readonly outcome: 'created'; readonly record: T }
  /** Another record has the uid (for event types: the name). */
  | { readonly outcome: 'uid_taken' }
  /** The record it belongs to does not exist. */
  | { readonly outcome: 'parent_missing' };

export type ReplaceResult<T> =
  | { readonly outcome: 'replaced'; readonly record: T }
  | { readonly outcome: 'uid_taken' }
  | { readonly outcome: 'not_found' }
  /** Somebody else changed it since it was read: read again, apply the change again. */
  | { readonly outcome: 'version_mismatch' };

export type DeleteResult = { readonly outcome: 'deleted' } | { readonly outcome: 'not_found' };

/** What a write ended beside what it was asked for. */
export interface EndedBeside {
  /** In any order, and maybe in several portions per subject; empty when nothing waited. */
  readonly ended: readonly EndedDeliveries[];
}

/** Of a replacement that may end deliveries. */
export type EndingReplaceResult<T> =
  | (Extract<ReplaceResult<T>, { outcome: 'replaced' }> & EndedBeside)
  | Exclude<ReplaceResult<T>, { outcome: 'replaced' }>;

/** Of a removal that may end deliveries. */
export type EndingDeleteResult =
  (Extract<DeleteResult, { outcome: 'deleted' }> & EndedBeside) | Exclude<DeleteResult, { outcome: 'deleted' }>;
