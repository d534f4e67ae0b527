import { z } from 'zod';
import { eventTypeOut } from '../event-types/event-type.dto.js';
import { rawJson, withRawMembers } from '../http/json/raw-members.js';
import { instantOut } from '../http/schemas/fields.js';

const settings = z.looseObject({
  strictEventTypes: z.boolean().nullish(),
  validatePayloads: z.boolean().nullish(),
});

export const environmentExportOut = z
  .object({
    version: z.int(),
    createdAt: instantOut(),
    eventTypes: z.array(eventTypeOut),
    settings: z.record(z.string(), z.unknown()).nullable(),
    connectors: z.array(z.unknown()).max(0).meta({ description: 'There are none here.' }),
  })
  .meta({ id: 'EnvironmentExportOut' });

/** Body of import: an export. What only the server sets is ignored in it. */
export const environmentImportIn = withRawMembers(
  z
    .object({
      eventTypes: rawJson().nullish().meta({ description: 'As in an export.' }),
      settings: settings.nullish(),
      connectors: z.array(z.unknown()).max(0, 'Connectors are not supported: leave them out.').nullish(),
    })
    .meta({ id: 'EnvironmentImportIn' }),
  ['eventTypes'],
);

/** Body of the import of an OpenAPI document. */
export const openApiImportIn = withRawMembers(
  z
    .strictObject({
      spec: rawJson().nullish().meta({ description: 'An OpenAPI document. Its `webhooks` become event types.' }),
      specRaw: z.string().nullish().meta({ description: 'The same as a text of JSON or YAML.' }),
      dryRun: z.boolean().nullish().meta({ description: 'Only tell what would be modified.' }),
      replaceAll: z
        .boolean()
        .nullish()
        .meta({ description: 'Archive the event types that the document does not have.' }),
    })
    .meta({ id: 'EventTypeImportOpenApiIn' }),
  ['spec'],
);

const fromOpenApi = eventTypeOut
  .omit({ archived: true, createdAt: true, updatedAt: true })
  .meta({ id: 'EventTypeFromOpenApi' });

export const openApiImportOut = z
  .object({
    data: z
      .object({
        modified: z.array(z.string()),
        to_modify: z.array(fromOpenApi).optional().meta({ description: 'What a dry run would write.' }),
      })
      .meta({ id: 'EventTypeImportOpenApiOutData' }),
  })
  .meta({ id: 'EventTypeImportOpenApiOut' });

export type EnvironmentExportOut = z.output<typeof environmentExportOut>;
export type EnvironmentImportIn = z.output<typeof environmentImportIn>;
export type OpenApiImportIn = z.output<typeof openApiImportIn>;
export type OpenApiImportOut = z.output<typeof openApiImportOut>;
