import type { OpenAPIObject } from '@nestjs/swagger';

const idempotencyKey = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'The same key with the same request within 24 hours gives the same answer, and takes effect once.',
};

const problem = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const inProgress = problem('The first request with this idempotency-key runs, or what is stored stands in the way.');
const tooMany = problem('Too many requests, or too many with a wrong key; `retry-after` says when to try again.');

/** Adds what holds for every route of a kind, so that no controller has to say it, nor can forget it. */
export function describeCommonParts(document: OpenAPIObject): void {
  for (const operations of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) {
      // Public routes have no 401: neither keys nor limits matter to them.
      if (!('401' in operation.responses)) continue;
      operation.responses['429'] ??= tooMany;
      if (method !== 'post') continue;
      operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
      operation.responses['409'] ??= inProgress;
    }
  }
}

interface Operation {
  parameters?: object[];
  readonly responses: Record<string, object>;
}
