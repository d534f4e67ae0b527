import fc from 'fast-check';

/** What a JSON Schema of the API description may say. */
export interface FuzzSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly FuzzSchema[];
  readonly oneOf?: readonly FuzzSchema[];
  readonly allOf?: readonly FuzzSchema[];
  readonly properties?: Readonly<Record<string, FuzzSchema>>;
  readonly required?: readonly string[];
  readonly items?: FuzzSchema;
  readonly format?: string;
}

export type FuzzSchemas = Readonly<Record<string, FuzzSchema>>;

/** What programs get wrong: limits, signs, other types, characters that end or escape something. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e21,
    1e-7,
    2 ** 53,
    '',
    ' ',
    '0',
    'null',
    '\0',
    '\u2028',
    '\uD800',
    "';--",
  ),
  fc.constantFrom<unknown>(
    '%',
    '_',
    '../..',
    '\r\n',
    '💥',
    'x'.repeat(300),
    [],
    {},
    [[]],
    { $ref: '#' },
    '1e999',
    '0001-01-01T00:00:00Z',
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const plausibleText = fc.constantFrom(
  'fuzz',
  'order.paid',
  'https://hooks.example.com/in',
  '2026-01-01T00:00:00Z',
  `app_${'0'.repeat(27)}`,
  `ep_${'0'.repeat(27)}`,
);

/** Values that mostly look like what the schema asks for, and sometimes like nothing it has thought of. */
export function valuesOf(schema: FuzzSchema, schemas: FuzzSchemas, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(schema, schemas, depth) }, { weight: 1, arbitrary: nasty });
}

function fitting(schema: FuzzSchema, schemas: FuzzSchemas, depth: number): fc.Arbitrary<unknown> {
  if (depth > 4) return nasty;
  if (schema.$ref !== undefined) return fitting(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => fitting(choice, schemas, depth)));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return fittingObject(schema, schemas, depth);
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, schemas, depth + 1), { maxLength: 3 });
    case 'integer':
      return fc.oneof(fc.integer({ min: -2, max: 300 }), fc.integer());
    case 'number':
      return fc.double();
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.oneof(plausibleText, fc.string({ maxLength: 12 }));
    default:
      return nasty;
  }
}

function fittingObject(schema: FuzzSchema, schemas: FuzzSchemas, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) {
    return fc.dictionary(fc.constantFrom('a', 'order.paid', '$gt', 'x-a'), nasty, { maxKeys: 3 });
  }
  const model = Object.fromEntries(members.map(([name, member]) => [name, valuesOf(member, schemas, depth + 1)]));
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])].filter((name) => name in model) });
}
