import fc from 'fast-check';
import type { TestRequest } from './test-server.js';
import { valuesOf, type FuzzSchema, type FuzzSchemas } from './fuzz-values.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: FuzzSchema;
}

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: FuzzSchema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

/** A request that the description leads to, and the statuses that it names for it. */
export interface FuzzRequest extends TestRequest {
  readonly operation: string;
  readonly documented: readonly string[];
}

/** Names that exist, so that requests get behind "not found". */
const known = ['fuzz', 'order.paid', 'fuzz-2'];

/** Requests to all operations of the API description; streams, which do not end, are left out. */
export function requestsOf(document: object): fc.Arbitrary<FuzzRequest> {
  const { paths, components } = document as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
    readonly components: { readonly schemas: FuzzSchemas };
  };
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { responses }]) => !('text/event-stream' in (responses['200']?.content ?? {})))
      .map(([method, described]) => requestOf({ path, method, described, schemas: components.schemas })),
  );
  return fc.oneof(...all);
}

function requestOf(params: {
  readonly path: string;
  readonly method: string;
  readonly described: DescribedOperation;
  readonly schemas: FuzzSchemas;
}): fc.Arbitrary<FuzzRequest> {
  const { path, method, described, schemas } = params;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const segment = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  );
  const query = (described.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const queryValues = Object.fromEntries(query.map(({ name, schema = {} }) => [name, valuesOf(schema, schemas)]));
  const schema = described.requestBody?.content['application/json']?.schema;
  return fc
    .record({
      segments: fc.tuple(...names.map(() => segment)),
      query: fc.record(queryValues, { requiredKeys: [] }),
      body:
        schema === undefined
          ? fc.constant(undefined)
          : fc.option(valuesOf(schema, schemas), { nil: undefined, freq: 8 }),
    })
    .map(({ segments, query: found, body }) => {
      const filled = segments.reduce(
        (text, value, index) => text.replace(`{${names[index]}}`, encodeURIComponent(value.toWellFormed())),
        path,
      );
      const search = new URLSearchParams(
        Object.entries(found).map(([name, value]): [string, string] => [name, toText(value)]),
      ).toString();
      return {
        operation: `${method.toUpperCase()} ${path}`,
        documented: Object.keys(described.responses),
        method: method.toUpperCase(),
        path: `/${filled}${search === '' ? '' : `?${search}`}`,
        body,
      };
    });
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
