import { isObject, subschemasOf, type SchemaObject } from '../payload-schemas/subschemas.js';

/** An event type as an OpenAPI document describes it; everything but its name and where it stands may be anything. */
export interface DescribedEventType {
  readonly name: string;
  /** Where it stands in the document. */
  readonly path: readonly string[];
  readonly description: string;
  readonly deprecated: boolean;
  readonly schema: unknown;
  readonly groupName: unknown;
  readonly featureFlags: unknown;
}

const sections = ['webhooks', 'x-webhooks'];
const maxDescriptionLength = 4_096;

/**
 * The webhooks of an OpenAPI document (3.1; as `x-webhooks` also 3.0), each with the JSON Schema of its body. What the
 * schema refers to in the document comes along in its `$defs`.
 */
export function eventTypesOf(document: SchemaObject): readonly DescribedEventType[] {
  return sections.flatMap((section) => {
    const webhooks = document[section];
    if (!isObject(webhooks)) return [];
    return Object.entries(webhooks).map(([name, item]) => describe(document, { name, path: [section, name], item }));
  });
}

function describe(
  document: SchemaObject,
  { name, path, item }: { readonly name: string; readonly path: readonly string[]; readonly item: unknown },
): DescribedEventType {
  const pathItem = resolve(document, item);
  const operation = resolve(document, pathItem['post'] ?? Object.values(pathItem).find(isObject));
  const described = [operation['description'], operation['summary'], pathItem['description'], pathItem['summary']];
  const content = resolve(document, operation['requestBody'])['content'];
  const schema = isObject(content) ? resolve(document, content['application/json'])['schema'] : undefined;
  return {
    name,
    path,
    description: described.find((text) => typeof text === 'string')?.slice(0, maxDescriptionLength) ?? '',
    deprecated: operation['deprecated'] === true,
    schema: isObject(schema) ? bundle(document, schema) : schema,
    groupName: operation['x-svix-group-name'] ?? pathItem['x-svix-group-name'],
    featureFlags: operation['x-svix-feature-flags'] ?? pathItem['x-svix-feature-flags'],
  };
}

/** The object, or what it refers to; empty when there is none. */
function resolve(document: SchemaObject, value: unknown): SchemaObject {
  let at = value;
  // A chain of references that does not end is none.
  for (let hops = 0; hops < 10 && isObject(at); hops += 1) {
    const reference = at['$ref'];
    if (typeof reference !== 'string') return at;
    at = lookUp(document, reference);
  }
  return {};
}

function lookUp(document: SchemaObject, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  let at: unknown = document;
  for (const segment of reference.slice(2).split('/')) {
    const key = decode(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const componentPrefix = '#/components/schemas/';

/** The schema with the components that it needs, so that it stands alone. */
function bundle(document: SchemaObject, schema: SchemaObject): SchemaObject {
  const definitions = new Map<string, SchemaObject>();
  const rewritten = rewrite(document, schema, definitions);
  if (definitions.size === 0) return rewritten;
  const own = isObject(rewritten['$defs']) ? rewritten['$defs'] : {};
  return { ...rewritten, $defs: { ...own, ...Object.fromEntries(definitions) } };
}

/** A copy whose references to components point into `$defs`; those are added to `definitions`. */
function rewrite(document: SchemaObject, schema: SchemaObject, definitions: Map<string, SchemaObject>): SchemaObject {
  const copy = structuredClone(schema);
  for (const { schema: part } of subschemasOf(copy).values()) {
    const reference = part['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith(componentPrefix)) continue;
    const name = reference.slice(componentPrefix.length);
    (part as Record<string, unknown>)['$ref'] = `#/$defs/${name}`;
    const key = decode(name).replaceAll('~1', '/').replaceAll('~0', '~');
    if (definitions.has(key)) continue;
    const component = lookUp(document, reference);
    // What is not there makes the schema invalid, which its check will say.
    if (!isObject(component)) continue;
    definitions.set(key, {});
    definitions.set(key, rewrite(document, component, definitions));
  }
  return copy;
}
