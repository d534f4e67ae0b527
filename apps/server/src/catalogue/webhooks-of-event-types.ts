import type { EventType } from '@postrider/core';
import { isObject } from '../payload-schemas/subschemas.js';
import { latestVersionOf } from '../payload-schemas/latest-version.js';

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description,
});

const parameters = [
  header('webhook-id', 'The same for every attempt: receivers drop what they have seen.'),
  header('webhook-timestamp', 'When this attempt was made, in seconds since 1970.'),
  header('webhook-signature', 'Signatures as Standard Webhooks defines them, separated by spaces.'),
];

const responses = {
  '2XX': { description: 'Delivered.' },
  '410': { description: 'Nothing is sent to this endpoint any more.' },
  default: { description: 'Tried again, as the retry schedule says.' },
};

/** The `webhooks` of an OpenAPI document: one for each event type that is not archived. */
export function toWebhooks(eventTypes: readonly EventType[]): Record<string, object> {
  return Object.fromEntries(
    eventTypes
      .filter(({ archived }) => !archived)
      .map((eventType) => [eventType.name, { post: toOperation(eventType) }]),
  );
}

function toOperation(eventType: EventType): object {
  const { name, description, deprecated, groupName, featureFlags, schemas } = eventType;
  return {
    operationId: `webhook_${name}`,
    summary: name,
    description,
    deprecated,
    ...(groupName !== undefined && { tags: [groupName], 'x-svix-group-name': groupName }),
    ...(featureFlags !== undefined && { 'x-svix-feature-flags': featureFlags }),
    // A webhook is signed, not authorised.
    security: [],
    parameters,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: toSchema(name, latestVersionOf(schemas)?.schema) } },
    },
    responses,
  };
}

/** With an id, so that its references stay within it. */
function toSchema(name: string, schema: unknown): unknown {
  return isObject(schema) ? { $id: `urn:postrider:event-type:${name}`, ...schema } : (schema ?? {});
}
