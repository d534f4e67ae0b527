import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { findSchemaFault, fromPointer, type SchemaFault } from './find-schema-fault.js';
import { compilePattern } from './safe-pattern.js';
import { isObject, subschemasOf, type SchemaObject } from './subschemas.js';
import { isUniqueList } from './unique-list.js';
import { spend, TooMuchWork, withWorkLimit } from './work-limit.js';

/** Where a payload breaks its schema (keys and indices from the root of the payload), and how. */
export interface PayloadFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Judges the text of a payload, which must be JSON. `undefined` when it fits. */
export type PayloadCheck = (payload: string) => PayloadFault | undefined;

export type CompiledSchema =
  { readonly ok: true; readonly check: PayloadCheck } | { readonly ok: false; readonly fault: SchemaFault };

const costKeyword = 'postriderCost';
const draft7 = /^https?:\/\/json-schema\.org\/draft-0[67]\/schema#?$/;
const draft2020 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;
/** Work that every payload may take, and what each of its characters adds. */
const workFree = 100_000;
const workPerCharacter = 10;

const options: Options = {
  strict: false,
  logger: false,
  allErrors: false,
  // An annotation, as JSON Schema 2020-12 has it: expressions for formats are a well of slow ones.
  validateFormats: false,
  // A part that many refer to would be written out for each of them.
  inlineRefs: false,
  code: { regExp: Object.assign((source: string) => compilePattern(source), { code: 'compilePattern' }) },
};

/** Judges schemas by the rules of their draft. */
let judges: { readonly draft7: Ajv; readonly draft2020: Ajv } | undefined;

/** The validator of a draft. Every part of a schema counts its work, and no keyword takes more than linear time. */
function prepare<T extends Ajv>(ajv: T): T {
  ajv.addKeyword({
    keyword: costKeyword,
    before: '$ref',
    schemaType: 'number',
    compile: (cost: number) => () => {
      spend(cost);
      return true;
    },
  });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    compile: (wanted: boolean) => (items: readonly unknown[]) => !wanted || isUniqueList(items),
    error: { message: 'must not have items that are the same' },
  });
  return ajv;
}

/** Compiles a JSON Schema of draft 7 or 2020-12 (the default) that may come from anybody: see `findSchemaFault`. */
export function compilePayloadSchema(schema: unknown): CompiledSchema {
  if (typeof schema === 'boolean') {
    const refusal = { path: [], message: 'no payload is allowed' };
    return { ok: true, check: () => (schema ? undefined : refusal) };
  }
  if (!isObject(schema)) return refuse([], 'Expected an object or a boolean.');
  const found = findSchemaFault(schema);
  if (found !== undefined) return { ok: false, fault: found };
  judges ??= { draft7: new Ajv(options), draft2020: new Ajv2020(options) };
  const dialect = schema['$schema'] ?? 'https://json-schema.org/draft/2020-12/schema';
  if (typeof dialect !== 'string') return refuse(['$schema'], 'Expected the URL of a draft.');
  if (draft7.test(dialect)) return compileWith(Ajv, { schema, judge: judges.draft7 });
  if (draft2020.test(dialect)) return compileWith(Ajv2020, { schema, judge: judges.draft2020 });
  return refuse(['$schema'], 'Only draft 7 and 2020-12 are supported.');
}

function compileWith(
  Validator: typeof Ajv | typeof Ajv2020,
  { schema, judge }: { readonly schema: SchemaObject; readonly judge: Ajv },
): CompiledSchema {
  const prepared = withCosts(schema);
  try {
    if (judge.validateSchema(prepared) !== true) {
      const [error] = judge.errors ?? [];
      return refuse(fromPointer(error?.instancePath ?? ''), `The schema is not valid: ${error?.message ?? 'unknown'}.`);
    }
    // A validator of its own, because one keeps parts of every schema that it has ever seen.
    const validate = prepare(new Validator({ ...options, meta: false, validateSchema: false })).compile(prepared);
    return { ok: true, check: (payload) => checkWith(validate, payload) };
  } catch (error) {
    return refuse([], `The schema cannot be used: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

function refuse(path: readonly string[], message: string): CompiledSchema {
  return { ok: false, fault: { path, message } };
}

/** A copy whose every part says how much work it is, and that is known under no name. */
function withCosts(root: SchemaObject): SchemaObject {
  const { $id: _id, $schema: _dialect, ...copy } = structuredClone(root) as Record<string, unknown>;
  for (const { schema } of subschemasOf(copy).values()) {
    const parts = Object.values(schema).reduce<number>((sum, value) => sum + sizeOf(value), 1);
    (schema as Record<string, unknown>)[costKeyword] = parts;
  }
  return copy;
}

/** How many things a keyword may have to look at. */
function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
}

function checkWith(validate: ValidateFunction, payload: string): PayloadFault | undefined {
  const value: unknown = JSON.parse(payload);
  try {
    const fits = withWorkLimit(workFree + workPerCharacter * payload.length, () => validate(value));
    return fits ? undefined : toFault(validate.errors?.[0], value);
  } catch (error) {
    if (!(error instanceof TooMuchWork || error instanceof RangeError)) throw error;
    return { path: [], message: 'takes too much work to check against its schema: make one of them simpler' };
  }
}

function toFault(error: ErrorObject | undefined, payload: unknown): PayloadFault {
  const { instancePath = '', params = {}, message = 'does not fit its schema' } = error ?? {};
  const path = toPath(instancePath, payload);
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as Record<string, unknown>;
  const member = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return { path: typeof member === 'string' ? [...path, member] : path, message };
}

/** Keys of objects and indices of lists. */
function toPath(pointer: string, payload: unknown): (string | number)[] {
  let at = payload;
  return fromPointer(pointer).map((key) => {
    const isIndex = Array.isArray(at);
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined;
    return isIndex ? Number(key) : key;
  });
}
