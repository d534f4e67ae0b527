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
