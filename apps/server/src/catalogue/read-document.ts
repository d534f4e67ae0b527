import { parse } from 'yaml';
import { invalidAt } from '../http/api-error.js';
import { isObject, type SchemaObject } from '../payload-schemas/subschemas.js';

const maxDepth = 64;
const maxValues = 200_000;

/** The OpenAPI document of a request: an object, or a text of JSON or YAML. 422, naming the field, when it is none. */
export function readDocument(given: { readonly spec: unknown; readonly specRaw: string | undefined }): SchemaObject {
  const { spec, specRaw } = given;
  const isRaw = specRaw !== undefined;
  const loc = ['body', isRaw ? 'specRaw' : 'spec'];
  if (isRaw && spec !== undefined) throw invalidAt(loc, 'Send spec or specRaw, not both.');
  if (!isRaw && spec === undefined) {
    throw invalidAt(loc, 'Expected an OpenAPI document as spec, or its text as specRaw.');
  }
  const document = isRaw ? parseText(specRaw, loc) : spec;
  if (!isObject(document)) throw invalidAt(loc, 'Expected an OpenAPI document, which is an object.');
  if (!isBounded(document)) {
    throw invalidAt(
      loc,
      `The document has more than ${maxValues} values, or is nested deeper than ${maxDepth} levels.`,
    );
  }
  // Plain data without shared parts, whatever the text did with anchors.
  return JSON.parse(JSON.stringify(document)) as SchemaObject;
}

function parseText(text: string, loc: readonly string[]): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'error', uniqueKeys: true, schema: 'core' });
  } catch (error) {
    const [problem = 'unknown'] = error instanceof Error ? error.message.split('\n') : [];
    throw invalidAt(loc, `Expected JSON or YAML: ${problem.slice(0, 200)}`);
  }
}

/** Counts shared parts once for each place: a circle has no end and is not bounded. */
function isBounded(root: unknown): boolean {
  let values = 0;
  const visit = (value: unknown, depth: number): boolean => {
    values += 1;
    if (values > maxValues || depth > maxDepth) return false;
    return typeof value !== 'object' || value === null || Object.values(value).every((item) => visit(item, depth + 1));
  };
  return visit(root, 0);
}
