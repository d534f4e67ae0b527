/** A JSON Schema that is an object. Boolean schemas have nothing to look at. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** A schema within a schema. */
export interface Subschema {
  /** As a JSON Pointer from the root: `/properties/a`; empty for the root. */
  readonly pointer: string;
  readonly schema: SchemaObject;
  /** Pointers of the schemas that are applied to the same value as this one, references not included. */
  readonly inPlace: readonly string[];
  /** Pointers of all schemas that are directly within this one. */
  readonly children: readonly string[];
}

// The keywords of draft 7 and of 2020-12 that hold schemas, by the form in which they do. What is below any other
// keyword (enum, const, default, examples, extensions) is data.
const inPlaceLists = new Set(['allOf', 'anyOf', 'oneOf']);
const inPlaceSingles = new Set(['not', 'if', 'then', 'else']);
const inPlaceMaps = new Set(['dependentSchemas', 'dependencies']);
const lists = new Set([...inPlaceLists, 'prefixItems', 'items']);
const singles = new Set([
  ...inPlaceSingles,
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'items',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const maps = new Set([...inPlaceMaps, '$defs', 'definitions', 'patternProperties', 'properties']);

/** The schema and all schemas within it, by their pointers. Its depth must have been checked. */
export function subschemasOf(root: SchemaObject): ReadonlyMap<string, Subschema> {
  const found = new Map<string, Subschema>();
  const visit = (schema: SchemaObject, pointer: string): void => {
    const children: string[] = [];
    const inPlace: string[] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      for (const [path, child] of childrenOf(keyword, value)) {
        const childPointer = `${pointer}/${[keyword, ...path].map(escapePointer).join('/')}`;
        children.push(childPointer);
        if (inPlaceLists.has(keyword) || inPlaceSingles.has(keyword) || inPlaceMaps.has(keyword)) {
          inPlace.push(childPointer);
        }
        visit(child, childPointer);
      }
    }
    found.set(pointer, { pointer, schema, inPlace, children });
  };
  visit(root, '');
  return found;
}

function* childrenOf(keyword: string, value: unknown): Generator<readonly [readonly string[], SchemaObject]> {
  if (Array.isArray(value)) {
    if (!lists.has(keyword)) return;
    for (const [index, item] of value.entries()) if (isObject(item)) yield [[String(index)], item];
  } else if (isObject(value)) {
    if (singles.has(keyword)) yield [[], value];
    if (!maps.has(keyword)) return;
    for (const [name, item] of Object.entries(value)) if (isObject(item)) yield [[name], item];
  }
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}
