import type { EventType } from '../domain/event-type.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { CreateResult, DeleteResult, ReplaceResult } from './store-results.js';

/** Event types of an environment. Errors of every method: `STORAGE_UNAVAILABLE`, `STORAGE_CLOSED`. */
export interface EventTypeStore {
  /**
   * `parent_missing` when the environment does not exist, `uid_taken` when it has an event type of that name, archived
   * or not.
   */
  createEventType(params: { eventType: EventType; signal?: AbortSignal }): Promise<CreateResult<EventType>>;

  /** Archived ones too; `undefined` when the environment has none of that name. */
  getEventType(params: { environmentId: string; name: string; signal?: AbortSignal }): Promise<EventType | undefined>;

  /** By name (the key of the page). Archived ones only with `includeArchived`. */
  listEventTypes(params: {
    environmentId: string;
    includeArchived: boolean;
    page: PageRequest;
    signal?: AbortSignal;
  }): Promise<Page<EventType>>;

  /** Those of `names` that exist, archived or not, each once, in any order. */
  findEventTypes(params: {
    environmentId: string;
    names: readonly string[];
    signal?: AbortSignal;
  }): Promise<readonly EventType[]>;

  /** Replaces every field but the name and `createdAt`, if the stored version is `eventType.version - 1`. */
  replaceEventType(params: { eventType: EventType; signal?: AbortSignal }): Promise<ReplaceResult<EventType>>;

  /** Removes it for good. */
  deleteEventType(params: { environmentId: string; name: string; signal?: AbortSignal }): Promise<DeleteResult>;
}
