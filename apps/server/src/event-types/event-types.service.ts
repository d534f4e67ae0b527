import { Injectable } from '@nestjs/common';
import type { EventType, Page } from '@postrider/core';
import { conflict, notFound } from '../http/api-error.js';
import { eventTypeTag } from '../caches/cache-names.js';
import { changeRecord } from '../http/change-record.js';
import type { ListRequest } from '../http/paging.js';
import { eventTypeName } from '../http/schemas/fields.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { checkSchemas } from '../payload-schemas/check-schemas.js';
import { checkIfMatch } from '../requests/record-version.js';
import { noteChange } from '../requests/request-trail.js';
import { toEventTypeFields, type EventTypeFields, type EventTypeIn, type EventTypeUpsert } from './event-type.dto.js';

/** The path of an event type: whose, which one. */
export interface EventTypePath {
  readonly environmentId: string;
  readonly name: string;
}

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'invalidations'>;

const nameRule = eventTypeName();

/** The use cases of event types. */
@Injectable()
export class EventTypesService {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  list(params: {
    readonly environmentId: string;
    readonly includeArchived: boolean;
    readonly request: ListRequest;
  }): Promise<Page<EventType>> {
    const { environmentId, includeArchived, request } = params;
    return this.#ports.storage.listEventTypes({ environmentId, includeArchived, page: request.page });
  }

  async get(path: EventTypePath): Promise<EventType> {
    const found = await this.#find(path);
    if (found === undefined) throw notFound('event type');
    return found;
  }

  /** Creates it; an archived one of that name comes back, with nothing kept of what it was. */
  async create(environmentId: string, input: EventTypeIn): Promise<EventType> {
    const { name, ...body } = input;
    const fields = toEventTypeFields(body);
    const created = await this.#insert({ environmentId, name }, fields);
    if (created !== undefined) return created;
    return this.change({ environmentId, name }, (current) => {
      if (!current.archived) throw conflict('conflict', 'Another event type has this name.');
      return fields;
    });
  }

  /** PUT: replaces what is there, or creates it. */
  async upsert(path: EventTypePath, input: EventTypeUpsert): Promise<{ eventType: EventType; created: boolean }> {
    return this.put(path, toEventTypeFields(input));
  }

  /** As `upsert`, with the fields as they are stored. */
  async put(path: EventTypePath, fields: EventTypeFields): Promise<{ eventType: EventType; created: boolean }> {
    if (!nameRule.safeParse(path.name).success) throw notFound('event type');
    const known = await this.#find(path);
    if (known === undefined) checkIfMatch(undefined);
    const created = known === undefined ? await this.#insert(path, fields) : undefined;
    if (created !== undefined) return { eventType: created, created: true };
    return { eventType: await this.change(path, () => fields), created: false };
  }

  /** Changes what callers may decide about an event type. */
  async change(path: EventTypePath, edit: (current: EventTypeFields) => EventTypeFields): Promise<EventType> {
    const changed = await changeRecord<EventType>({
      kind: 'event type',
      load: () => this.#find(path),
      edit: (current) => {
        const edited = edit(current);
        if (edited.schemas !== current.schemas) checkSchemas(edited.schemas);
        return { ...current, ...edited };
      },
      replace: (eventType) => this.#ports.storage.replaceEventType({ eventType }),
      now: () => this.#ports.clock.now(),
    });
    this.#announce(path);
    return changed;
  }

  /** Archives it, or removes it for good. */
  async delete(path: EventTypePath, { expunge }: { readonly expunge: boolean }): Promise<void> {
    if (!expunge) {
      await this.change(path, (current) => ({ ...current, archived: true }));
      return;
    }
    const eventType = await this.get(path);
    const { name } = eventType;
    checkIfMatch(eventType);
    const result = await this.#ports.storage.deleteEventType({ environmentId: path.environmentId, name });
    if (result.outcome === 'not_found') throw notFound('event type');
    this.#announce(path);
    noteChange({ before: eventType });
  }

  async #find(path: EventTypePath): Promise<EventType | undefined> {
    // What cannot be a name is not looked for.
    return nameRule.safeParse(path.name).success ? this.#ports.storage.getEventType(path) : undefined;
  }

  /** `undefined` when there is one of that name. */
  async #insert(path: EventTypePath, fields: EventTypeFields): Promise<EventType | undefined> {
    checkSchemas(fields.schemas);
    const now = this.#ports.clock.now();
    const eventType = { ...fields, ...path, version: 1, createdAt: now, updatedAt: now };
    const result = await this.#ports.storage.createEventType({ eventType });
    if (result.outcome !== 'created') return undefined;
    this.#announce(path);
    noteChange({ after: result.record });
    return result.record;
  }

  /** Has what is known about it in memory read anew. */
  #announce({ environmentId, name }: EventTypePath): void {
    this.#ports.invalidations.publish({ tags: [eventTypeTag(`${environmentId}:${name}`)] });
  }
}
