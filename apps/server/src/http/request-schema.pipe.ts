import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { ApiError, badRequest, invalid, type ValidationIssue } from './api-error.js';
import { parseJsonBody } from './json/parse-json-body.js';
import { rawMembersOf } from './json/raw-members.js';

type RequestSchema = NonNullable<ArgumentMetadata['schema']>;
type Issue = Extract<
  Awaited<ReturnType<RequestSchema['~standard']['validate']>>,
  { issues: readonly unknown[] }
>['issues'][number];

const empty = Buffer.alloc(0);

/**
 * Checks every parameter that a handler declares with a schema. A body arrives here as bytes, because this is the first
 * place behind the guard: nobody without a key makes the server parse anything.
 */
export class RequestSchemaPipe implements PipeTransform<unknown> {
  async transform(value: unknown, { schema, type }: ArgumentMetadata): Promise<unknown> {
    if (schema === undefined) return value;
    const input = type === 'body' ? readBody(value, schema) : value;
    const result = await schema['~standard'].validate(input);
    if (result.issues === undefined) return result.value;
    const root = type === 'param' ? 'path' : type;
    throw invalid(result.issues.flatMap((issue) => toIssues(issue, root)));
  }
}

function readBody(value: unknown, schema: RequestSchema): unknown {
  const bytes = Buffer.isBuffer(value) ? value : empty;
  // Only schemas of optional bodies accept `undefined`.
  if (bytes.length === 0) return undefined;
  const result = parseJsonBody(bytes, rawMembersOf(schema));
  switch (result.outcome) {
    case 'parsed':
      return result.value;
    case 'malformed':
      throw badRequest('malformed_json', result.detail);
    case 'excessive':
      throw new ApiError({
        status: 422,
        code: 'validation',
        detail: [{ loc: ['body'], msg: result.detail, type: 'limit_exceeded' }],
      });
  }
}

/** Members that only the server writes; sending one back is a misunderstanding worth its own word. */
const readOnlyNames = new Set(['id', 'createdAt', 'updatedAt', 'status', 'environmentId', 'tenantId', 'timestamp']);

function toIssues(issue: Issue, root: string): ValidationIssue[] {
  const path = (issue.path ?? []).map((segment) => (typeof segment === 'object' ? segment.key : segment));
  const loc = [root, ...path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  // zod says more than the standard asks for: a code, and which keys it does not know.
  const { code, keys, params } = issue as Issue & { code?: string; keys?: string[]; params?: { type?: string } };
  if (code === 'unrecognized_keys' && keys !== undefined) {
    return keys.map((key) =>
      readOnlyNames.has(key)
        ? { loc: [...loc, key], msg: 'Only the server sets this: leave it out.', type: 'read_only_property' }
        : { loc: [...loc, key], msg: 'There is no such field.', type: 'unknown_field' },
    );
  }
  return [{ loc, msg: issue.message, type: params?.type ?? code ?? 'value_error' }];
}
