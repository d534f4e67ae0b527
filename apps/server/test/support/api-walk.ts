/** One operation of the API description. */
export interface Operation {
  readonly method: string;
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly parameters: readonly string[];
  readonly isList: boolean;
  /** A body that its schema accepts as far as this can be told; `undefined` when it takes none. */
  readonly body: unknown;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly format?: string;
}

interface DescribedOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every operation that needs a key, whatever is added later; streams, which do not end, are left out. */
export function operationsOf(document: object): readonly Operation[] {
  const { paths, components } = document as Description;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { responses }]) => '401' in responses)
      .filter(([, { responses }]) => !('text/event-stream' in (responses['200']?.content ?? {})))
      .map(([method, { parameters = [], requestBody }]) => {
        const schema = requestBody?.content['application/json']?.schema;
        return {
          method: method.toUpperCase(),
          path: path.replace(/^\/api\/v1/, ''),
          parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
          isList: parameters.some(({ name }) => name === 'iterator'),
          body: schema && sample(schema, { schemas: components.schemas, name: '' }),
        };
      }),
  );
}

interface SampleContext {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly name: string;
}

/** The smallest value that the schema asks for. */
function sample(schema: Schema, context: SampleContext): unknown {
  if (schema.$ref !== undefined) {
    return sample(context.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, context);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return sample(first, context);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {}, { ...context, name })]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, context));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      if (schema.format === 'date-time') return '2026-01-01T00:00:00Z';
      return context.name === 'url' ? 'https://hooks.example.com/in' : 'sample';
    default:
      return {};
  }
}

/** The path with its parameters filled in. */
export function fillPath(path: string, valueOf: (parameter: string) => string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)));
}
