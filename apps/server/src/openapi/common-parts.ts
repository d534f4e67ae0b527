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
  for (const [path, operations] of Object.entries(document.paths)) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) {
      addMissing(operation, inPath);
      // Public routes have no 401: neither keys nor limits matter to them.
      if (!('401' in operation.responses)) continue;
      operation.responses['429'] ??= tooMany;
      if (method !== 'post') continue;
      operation.parameters = [...(operation.parameters ?? []), idempotencyKey];
      operation.responses['409'] ??= inProgress;
    }
  }
}

/** Handlers that read several parameters at once do not declare each of them. */
function addMissing(operation: Operation, inPath: readonly string[]): void {
  const declared = new Set(operation.parameters?.map(({ name }) => name));
  const missing = inPath.filter((name) => !declared.has(name));
  const added = missing.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  operation.parameters = [...added, ...(operation.parameters ?? [])];
}

interface Operation {
  parameters?: { readonly name: string }[];
  readonly responses: Record<string, object>;
}
