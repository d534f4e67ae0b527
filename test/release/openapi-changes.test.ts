/** What counts as a change of the HTTP API that breaks programs, and what announces one. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { announcesBreak } from './openapi/announced-break.ts';
import { findBreakingChanges } from './openapi/breaking-changes.ts';
import type { OpenApiDocument, Schema } from './openapi/document.ts';

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const text: Schema = { type: 'string' };
const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const answer = object({ id: text, at: { type: 'string', format: 'date-time' }, n: { type: 'integer' } }, ['id', 'at']);
const request = object({
  name: { type: 'string', maxLength: 10 },
  mode: { enum: ['a', 'b'] },
  rate: { anyOf: [{ type: 'number', minimum: 1 }, { type: 'null' }] },
  list: { type: 'array', items: text },
});
const query = { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 250 } };

interface Parts {
  readonly path?: string;
  readonly input?: Schema;
  readonly output?: Schema;
  readonly parameters?: readonly object[];
  readonly responses?: Record<string, object>;
}

function documentOf({
  path = '/thing/{id}',
  input = request,
  output = answer,
  parameters = [query],
  responses,
}: Parts) {
  const operation = {
    parameters: [{ name: 'id', in: 'path', required: true, schema: text }, ...parameters],
    requestBody: { required: false, ...json({ $ref: '#/components/schemas/In' }) },
    responses: responses ?? { 200: json({ $ref: '#/components/schemas/Out' }), 409: {} },
  };
  return {
    paths: { [path]: { post: operation } },
    components: { schemas: { In: input, Out: output } },
  } as unknown as OpenApiDocument;
}

const breaksOf = (after: Parts, before: Parts = {}) =>
  findBreakingChanges({ before: documentOf(before), after: documentOf(after) });
const withField = (schema: Schema, name: string, field: Schema): Schema => ({
  ...schema,
  properties: { ...schema.properties, [name]: field },
});
const without = (schema: Schema, name: string): Schema => {
  const { [name]: _gone, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
};
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

describe('programs break', () => {
  it.each<[what: string, after: Parts, problem: string]>([
    ['a route is gone', { path: '/other/{id}' }, 'POST /thing/{id}: is gone'],
    ['a field of answers is gone', { output: without(answer, 'n') }, 'Out.n: is gone from answers'],
    [
      'a field of answers may be absent',
      { output: { ...answer, required: ['id'] } },
      'Out.at: may be absent from answers',
    ],
    ['a field of answers may be null', { output: withField(answer, 'id', nullable(text)) }, 'Out.id: null is new'],
    [
      'a field of answers is of another type',
      { output: withField(answer, 'n', text) },
      'Out.n: was integer, is string',
    ],
    [
      'a number may have a fraction',
      { output: withField(answer, 'n', { type: 'number' }) },
      'Out.n: was integer, is number',
    ],
    ['a date becomes a text', { output: withField(answer, 'at', text) }, 'Out.at: format was date-time, is free'],
    ['a success has another status', { responses: { 201: {}, 409: {} } }, 'POST /thing/{id}: no longer answers 200'],
    ['an answer has no body', { responses: { 200: {} } }, 'POST /thing/{id} 200: application/json is gone'],
    ['a key is needed', { responses: { 200: json(answer), 401: {} } }, 'POST /thing/{id}: needs a key'],
    ['a field is required', { input: { ...request, required: ['name'] } }, 'In.name: is required in requests'],
    ['a field is not read', { input: without(request, 'list') }, 'In.list: is no longer read from requests'],
    ['a value is refused', { input: withField(request, 'mode', { enum: ['a'] }) }, 'In.mode: "b" is refused'],
    [
      'a text is shorter',
      { input: withField(request, 'name', { ...text, maxLength: 9 }) },
      'In.name: maxLength was 10, is 9',
    ],
    [
      'a text has a pattern',
      { input: withField(request, 'list', { type: 'array', items: { ...text, pattern: '^a' } }) },
      'In.list[]: pattern was free, is "^a"',
    ],
    [
      'null is refused',
      { input: withField(request, 'rate', { type: 'number', minimum: 1 }) },
      'In.rate: null is refused',
    ],
    [
      'one of several forms is narrower',
      { input: withField(request, 'rate', nullable({ type: 'number', minimum: 2 })) },
      'In.rate: minimum was 1, is 2',
    ],
    [
      'a type is narrower',
      { input: withField(request, 'rate', nullable({ type: 'integer' })) },
      'In.rate: number is refused',
    ],
    ['a parameter is gone', { parameters: [] }, 'POST /thing/{id} query limit: is no longer read'],
    [
      'a parameter is new and required',
      { parameters: [query, { name: 'q', in: 'query', required: true }] },
      'POST /thing/{id} query q: is required',
    ],
    [
      'a parameter is narrower',
      { parameters: [{ ...query, schema: { type: 'integer', maximum: 100 } }] },
      'POST /thing/{id} query limit: maximum was 250, is 100',
    ],
  ])('when %s', (_what, after, problem) => {
    expect(breaksOf(after)).toEqual([problem]);
  });

  it('when requests with unknown fields are refused, and once for all routes that share a component', () => {
    const open = { type: 'object', properties: {} };
    expect(breaksOf({ input: object({}) }, { input: open })).toEqual(['In: refuses fields that it does not know']);
    const twice = (parts: Parts) => {
      const [one, two] = [documentOf(parts), documentOf({ ...parts, path: '/second' })];
      return { ...one, paths: { ...one.paths, ...two.paths } };
    };
    const found = findBreakingChanges({ before: twice({}), after: twice({ output: without(answer, 'n') }) });
    expect(found).toEqual(['Out.n: is gone from answers']);
  });
});

describe('programs do not break', () => {
  it.each<[what: string, after: Parts]>([
    ['when nothing changes', {}],
    ['when a parameter in the path has another name', { path: '/thing/{thing_id}' }],
    ['when answers have a field more', { output: withField(answer, 'more', text) }],
    ['when a field of answers is always there', { output: { ...answer, required: ['id', 'at', 'n'] } }],
    ['when requests may have a field more', { input: withField(request, 'more', text) }],
    ['when requests may have a value more', { input: withField(request, 'mode', { enum: ['a', 'b', 'c'] }) }],
    ['when a request may be null', { input: withField(request, 'name', nullable({ ...text, maxLength: 10 })) }],
    ['when a bound is wider', { input: withField(request, 'name', { ...text, maxLength: 11 }) }],
    ['when a refusal is new, or gone', { responses: { 200: json(answer), 418: {} } }],
    ['when a parameter is new', { parameters: [query, { name: 'q', in: 'query', schema: text }] }],
  ])('%s', (_what, after) => {
    expect(breaksOf(after)).toEqual([]);
  });

  it('when schemas contain themselves', () => {
    const tree = object({ below: { type: 'array', items: { $ref: '#/components/schemas/Out' } } });
    expect(breaksOf({ output: tree }, { output: tree })).toEqual([]);
  });
});

it('the document of the server can be compared, and a field that is gone from it is missed', () => {
  const path = new URL('../../docs/reference/openapi.json', import.meta.url);
  const before = JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;
  expect(findBreakingChanges({ before, after: before })).toEqual([]);
  const schemas = { ...before.components.schemas };
  const { EndpointOut: endpoint = {} } = schemas;
  const after = { ...before, components: { schemas: { ...schemas, EndpointOut: without(endpoint, 'url') } } };
  expect(findBreakingChanges({ before, after })).toEqual(['EndpointOut.url: is gone from answers']);
});

describe('a break is announced', () => {
  const changeset = (bumps: string, body: string) => `---\n${bumps}\n---\n\n${body}\n`;
  it.each<[file: string, version: string, expected: boolean]>([
    [changeset("'@postrider/server': minor", 'Better.\n\nBreaking: `a` is `b`.'), '0.1.0', true],
    [changeset('"@postrider/server": major', 'Breaking: `a` is `b`.'), '1.2.0', true],
    [changeset("'@postrider/server': minor", 'Breaking: `a` is `b`.'), '1.2.0', false],
    [changeset("'@postrider/server': patch", 'Breaking: `a` is `b`.'), '0.1.0', false],
    [changeset("'@postrider/core': major", 'Breaking: `a` is `b`.'), '0.1.0', false],
    [changeset("'@postrider/server': major", 'Nothing is breaking: all is well.'), '1.0.0', false],
    ['# Changesets\n\nBreaking: no.', '0.1.0', false],
  ])('by %j at version %s: %s', (file, version, expected) => {
    expect(announcesBreak(file, version)).toBe(expected);
  });
});
