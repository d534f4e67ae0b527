import type { OpenAPIObject } from '@nestjs/swagger';
import { accessExamples } from './access.js';
import { endpointExamples } from './endpoints.js';
import { messageExamples } from './messages.js';
import { operationExamples } from './operations.js';
import { problemExamples } from './problems.js';
import { eventType, payload, type ComponentExamples } from './values.js';

/** One of each body and answer, by the name of its component. Those of lists follow from what they list. */
export const componentExamples: ComponentExamples = {
  ...accessExamples,
  ...endpointExamples,
  ...messageExamples,
  ...operationExamples,
  ...problemExamples,
};

const listPrefix = 'ListResponse';
/** The only answer that is no JSON value: what comes while somebody watches. */
const streamed = `id: 3fJ0aQm1\nevent: message.created\ndata: ${JSON.stringify({ eventType, payload })}\n\n`;

/** Adds an example to every component that a body or an answer is made of, and to streams. */
export function addExamples(document: OpenAPIObject): void {
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const example = name.startsWith(listPrefix) ? toList(name, schema) : componentExamples[name];
    if (example !== undefined) Object.assign(schema, { examples: [example] });
  }
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods) as Operation[])) {
    const stream = operation.responses['200']?.content?.['text/event-stream'];
    if (stream !== undefined) stream.example = streamed;
  }
}

/** A page with one item, and no other beside it. */
function toList(name: string, schema: object): unknown {
  const data = [componentExamples[name.slice(listPrefix.length)]];
  const hasPages = 'properties' in schema && Object.hasOwn(schema.properties as object, 'iterator');
  return hasPages ? { data, iterator: null, prevIterator: null, done: true } : { data };
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Record<string, { example?: unknown }> }>>;
}
