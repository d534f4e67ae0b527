import { Inject, Injectable } from '@nestjs/common';
import type { EventType } from '@postrider/core';
import { isDeepStrictEqual } from 'node:util';
import { EnvironmentSettingsService, type EnvironmentSettings } from '../environments/environment-settings.service.js';
import {
  eventTypeIn,
  toEventTypeFields,
  type EventTypeFields,
  type EventTypeIn,
} from '../event-types/event-type.dto.js';
import { EventTypesService } from '../event-types/event-types.service.js';
import { invalid } from '../http/api-error.js';
import { checkSchemas } from '../payload-schemas/check-schemas.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { noteChange } from '../requests/request-trail.js';

const pageSize = 250;

/** An event type to be brought in, and where the request has it. */
export interface IncomingEventType {
  readonly loc: readonly (string | number)[];
  readonly input: unknown;
}

interface Incoming {
  readonly name: string;
  readonly fields: EventTypeFields;
}

/** All event types of an environment at once: reading them, and bringing others in. */
@Injectable()
export class CatalogueService {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'storage'>;
  @Inject(EventTypesService) private readonly eventTypes!: EventTypesService;
  @Inject(EnvironmentSettingsService) private readonly settings!: EnvironmentSettingsService;

  /** Every event type by name, archived ones too. */
  async list(environmentId: string): Promise<readonly EventType[]> {
    const found: EventType[] = [];
    let cursor: { readonly key: string; readonly direction: 'forward' } | undefined;
    for (;;) {
      const page = await this.ports.storage.listEventTypes({
        environmentId,
        includeArchived: true,
        page: { limit: pageSize, order: 'ascending', cursor },
      });
      found.push(...page.items);
      const last = page.items.at(-1);
      if (!page.hasMore || last === undefined) return found;
      cursor = { key: last.name, direction: 'forward' };
    }
  }

  /**
   * Creates or replaces event types, and archives the others with `replaceAll`. Everything is checked before anything is
   * written; each type is written by itself, so after a failure the same request may be sent again. Returns the names of
   * those that differ from what is stored; a `dryRun` only tells.
   */
  async bringIn(
    environmentId: string,
    incoming: readonly IncomingEventType[],
    { replaceAll = false, dryRun = false }: { readonly replaceAll?: boolean; readonly dryRun?: boolean } = {},
  ): Promise<readonly string[]> {
    const wanted = incoming.map(checkIncoming);
    const stored = new Map((await this.list(environmentId)).map((eventType) => [eventType.name, eventType]));
    const names = new Set(wanted.map(({ name }) => name));
    const changed = wanted.filter(({ name, fields }) => !isSame(stored.get(name), fields));
    const gone = replaceAll ? [...stored.values()].filter(({ name, archived }) => !archived && !names.has(name)) : [];
    const modified = [...changed, ...gone].map(({ name }) => name);
    if (dryRun) return modified;
    for (const { name, fields } of changed) await this.eventTypes.put({ environmentId, name }, fields);
    for (const { name } of gone) await this.eventTypes.delete({ environmentId, name }, { expunge: false });
    noteChange({ after: { modified } });
    return modified;
  }

  /** Sets the settings that are given. */
  async changeSettings(environmentId: string, change: Partial<EnvironmentSettings>): Promise<void> {
    if (Object.keys(change).length > 0) await this.settings.change(environmentId, change);
  }

  getSettings(environmentId: string): Promise<EnvironmentSettings> {
    return this.settings.get(environmentId);
  }
}

function checkIncoming({ loc, input }: IncomingEventType): Incoming {
  const result = eventTypeIn.safeParse(input);
  if (!result.success) {
    throw invalid(
      result.error.issues.map(({ path, message, code }) => ({
        loc: [...loc, ...path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
        msg: message,
        type: code,
      })),
    );
  }
  const { name, ...fields }: EventTypeIn = result.data;
  checkSchemas(fields.schemas ?? undefined, [...loc, 'schemas']);
  return { name, fields: toEventTypeFields(fields) };
}

function isSame(stored: EventType | undefined, fields: EventTypeFields): boolean {
  if (stored === undefined) return false;
  const names = Object.keys(fields) as (keyof EventTypeFields)[];
  return names.every((name) => isDeepStrictEqual(stored[name], fields[name]));
}
