import { AsyncLocalStorage } from 'node:async_hooks';

/** A record before and after a change, whole; either may be absent. */
export interface Change {
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** What a request that changes something leaves behind, for the audit log; and what it said about the version it knows. */
export interface RequestTrail {
  /** The `If-Match` header. */
  readonly ifMatch: string | undefined;
  change: Change | undefined;
}

const trails = new AsyncLocalStorage<RequestTrail>();

/** Runs the work of a request, and all that it waits for, with this trail. */
export function withTrail<T>(trail: RequestTrail, work: () => T): T {
  return trails.run(trail, work);
}

/** Says what the request has changed. Without a request, or within one that is not audited, nothing happens. */
export function noteChange(change: Change): void {
  const trail = trails.getStore();
  if (trail !== undefined) trail.change = change;
}

/** The `If-Match` header of the request under way. */
export function currentIfMatch(): string | undefined {
  return trails.getStore()?.ifMatch;
}
