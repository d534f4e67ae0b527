import { z } from 'zod';
import type { EventType } from '@postrider/core';
import { listOf } from '../http/paging.js';
import { eventTypeName, identifier, instantOut, text } from '../http/schemas/fields.js';
import { flag, pageParameters } from '../http/schemas/query.js';
import { withVersion } from '../requests/record-version.js';

const schemas = z
  .record(text({ min: 1, max: 64 }), z.union([z.record(z.string(), z.unknown()), z.boolean()]))
  .meta({ description: 'JSON Schemas of the payload by version.' });
const featureFlags = z.array(identifier()).max(100);

/** Fields of create and PUT. `featureFlag` is the older form of `featureFlags`. */
const fields = {
  description: text({ max: 4_096 }),
  archived: z.boolean().nullish(),
  deprecated: z.boolean().nullish(),
  schemas: schemas.nullish(),
  featureFlag: identifier().nullish(),
  featureFlags: featureFlags.nullish(),
  groupName: identifier().nullish(),
};

export const eventTypeIn = z.strictObject({ name: eventTypeName(), ...fields }).meta({ id: 'EventTypeIn' });
export const eventTypeUpsert = z.strictObject(fields).meta({ id: 'EventTypeUpsertIn' });

/** Body of PATCH: what is absent stays, what is null is cleared. */
export const eventTypePatch = z
  .strictObject({
    ...fields,
    description: fields.description.optional(),
    archived: z.boolean().optional(),
    deprecated: z.boolean().optional(),
  })
  .meta({ id: 'EventTypePatch' });

export const eventTypeOut = z
  .object({
    name: z.string(),
    description: z.string(),
    archived: z.boolean(),
    deprecated: z.boolean(),
    schemas: z.record(z.string(), z.unknown()).optional(),
    featureFlag: z.string().optional(),
    featureFlags: z.array(z.string()).optional(),
    groupName: z.string().optional(),
    createdAt: instantOut(),
    updatedAt: instantOut(),
  })
  .meta({ id: 'EventTypeOut' });

export const eventTypeList = listOf(eventTypeOut, 'ListResponseEventTypeOut');
export const eventTypeQuery = z.object({
  ...pageParameters,
  include_archived: flag().optional(),
  with_content: flag().optional().meta({ description: 'Include the schemas.' }),
});
export const eventTypeDeleteQuery = z.object({
  expunge: flag().optional().meta({ description: 'Remove it for good instead of archiving it.' }),
});

export type EventTypeIn = z.output<typeof eventTypeIn>;
export type EventTypeUpsert = z.output<typeof eventTypeUpsert>;
export type EventTypePatch = z.output<typeof eventTypePatch>;
export type EventTypeOut = z.output<typeof eventTypeOut>;

/** The fields that callers decide. */
export type EventTypeFields = Omit<EventType, 'environmentId' | 'name' | 'version' | 'createdAt' | 'updatedAt'>;

/** The fields that a body of create or PUT decides; what it leaves out is cleared. */
export function toEventTypeFields(input: EventTypeUpsert): EventTypeFields {
  return {
    description: input.description,
    archived: input.archived ?? false,
    deprecated: input.deprecated ?? false,
    schemas: input.schemas ?? undefined,
    featureFlags: toFlags(input.featureFlags ?? input.featureFlag),
    groupName: input.groupName ?? undefined,
  };
}

/** The event type with the changes of a PATCH. */
export function patchEventTypeFields(current: EventTypeFields, patch: EventTypePatch): EventTypeFields {
  const flags = patch.featureFlags === undefined ? patch.featureFlag : patch.featureFlags;
  return {
    description: patch.description ?? current.description,
    archived: patch.archived ?? current.archived,
    deprecated: patch.deprecated ?? current.deprecated,
    schemas: patch.schemas === undefined ? current.schemas : (patch.schemas ?? undefined),
    featureFlags: flags === undefined ? current.featureFlags : toFlags(flags),
    groupName: patch.groupName === undefined ? current.groupName : (patch.groupName ?? undefined),
  };
}

function toFlags(given: readonly string[] | string | null | undefined): readonly string[] | undefined {
  const flags = [given ?? []].flat();
  return flags.length === 0 ? undefined : flags;
}

export function toEventTypeOut(eventType: EventType, { withSchemas }: { readonly withSchemas: boolean }): EventTypeOut {
  const answer = {
    name: eventType.name,
    description: eventType.description,
    archived: eventType.archived,
    deprecated: eventType.deprecated,
    schemas: withSchemas ? eventType.schemas : undefined,
    featureFlag: eventType.featureFlags?.[0],
    featureFlags: eventType.featureFlags && [...eventType.featureFlags],
    groupName: eventType.groupName,
    createdAt: eventType.createdAt.toISOString(),
    updatedAt: eventType.updatedAt.toISOString(),
  };
  return withVersion(answer, eventType);
}
