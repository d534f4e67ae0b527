import { findPatternFault } from './safe-pattern.js';
import { isObject, subschemasOf, type SchemaObject, type Subschema } from './subschemas.js';

const maxDepth = 32;
const maxNodes = 5_000;
const maxPatterns = 100;
/** Subschemas that one value may meet without going into it, references followed. */
const maxInPlace = 2_000;

/** What is wrong with a schema, and where: a path of keys from its root. */
export interface SchemaFault {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * Why a schema may not be used although it may be valid: it is too large, reaches out of itself, has a pattern that
 * could be slow, or applies itself to the same value again and again. `undefined` when there is nothing of that.
 */
export function findSchemaFault(root: SchemaObject): SchemaFault | undefined {
  const size = measure(root);
  if (size.depth > maxDepth) return fault('', `The schema is nested deeper than ${maxDepth} levels.`);
  if (size.nodes > maxNodes) return fault('', `The schema has more than ${maxNodes} values.`);
  const all = subschemasOf(root);
  const patterns = [...all.values()].flatMap(patternsOf);
  if (patterns.length > maxPatterns) return fault('', `The schema has more than ${maxPatterns} patterns.`);
  for (const subschema of all.values()) {
    const found = findForbidden(subschema) ?? findBadReference(subschema, all);
    if (found !== undefined) return found;
  }
  for (const { pointer, source } of patterns) {
    const message = findPatternFault(source);
    if (message !== undefined) return fault(pointer, message);
  }
  return findEndless(all);
}

/** Depth and number of all values in it; stops counting beyond the limits. */
function measure(root: unknown): { readonly depth: number; readonly nodes: number } {
  let nodes = 0;
  let deepest = 0;
  const visit = (value: unknown, depth: number): void => {
    nodes += 1;
    deepest = Math.max(deepest, depth);
    if (nodes > maxNodes || depth > maxDepth || typeof value !== 'object' || value === null) return;
    for (const item of Object.values(value)) visit(item, depth + 1);
  };
  visit(root, 0);
  return { depth: deepest, nodes };
}

function patternsOf({ pointer, schema }: Subschema): { pointer: string; source: string }[] {
  const own = typeof schema['pattern'] === 'string' ? [schema['pattern']] : [];
  const ofNames = isObject(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  return [
    ...own.map((source) => ({ pointer: `${pointer}/pattern`, source })),
    ...ofNames.map((source) => ({ pointer: `${pointer}/patternProperties`, source })),
  ];
}

/** Keywords that would change what the others mean, or what is called. */
function findForbidden({ pointer, schema }: Subschema): SchemaFault | undefined {
  if ('$async' in schema) return fault(`${pointer}/$async`, 'There is no such keyword.');
  for (const keyword of ['$dynamicRef', '$recursiveRef']) {
    if (keyword in schema) return fault(`${pointer}/${keyword}`, 'Dynamic references are not supported: use $ref.');
  }
  if (pointer !== '' && '$id' in schema) {
    return fault(`${pointer}/$id`, 'Only the root may have an $id: refer to a part by its JSON Pointer.');
  }
  return undefined;
}

function findBadReference(
  { pointer, schema }: Subschema,
  all: ReadonlyMap<string, Subschema>,
): SchemaFault | undefined {
  const reference = schema['$ref'];
  if (reference === undefined) return undefined;
  if (typeof reference === 'string' && all.has(targetOf(reference) ?? 'none')) return undefined;
  return fault(
    `${pointer}/$ref`,
    'A reference must be the JSON Pointer of a part of this schema, such as #/$defs/address: nothing is fetched.',
  );
}

/** The pointer that a reference within the schema names. */
function targetOf(reference: string): string | undefined {
  if (!/^#(\/|$)/.test(reference)) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    return undefined;
  }
}

/** A schema that meets itself without going into the value would never end; one that doubles itself nearly so. */
function findEndless(all: ReadonlyMap<string, Subschema>): SchemaFault | undefined {
  const costs = new Map<string, number>();
  const open = new Set<string>();
  let found: SchemaFault | undefined;
  const costOf = (pointer: string): number => {
    const known = costs.get(pointer);
    if (known !== undefined) return known;
    if (open.has(pointer)) {
      found ??= fault(pointer, 'The schema refers to itself without end.');
      return 0;
    }
    const subschema = all.get(pointer);
    if (subschema === undefined) return 0;
    open.add(pointer);
    const reference = subschema.schema['$ref'];
    const target = typeof reference === 'string' ? targetOf(reference) : undefined;
    const next = target === undefined ? subschema.inPlace : [...subschema.inPlace, target];
    const cost = next.reduce((sum, each) => sum + costOf(each), 1);
    open.delete(pointer);
    costs.set(pointer, cost);
    if (cost > maxInPlace) found ??= fault(pointer, 'The schema multiplies itself through its references.');
    return cost;
  };
  for (const pointer of all.keys()) costOf(pointer);
  return found;
}

function fault(pointer: string, message: string): SchemaFault {
  return { path: fromPointer(pointer), message };
}

/** The keys of a JSON Pointer. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
