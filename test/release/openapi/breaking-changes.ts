import { SchemaComparison, type Versions } from './compare-schemas.ts';
import type { Content, Operation, Parameter } from './document.ts';

interface OperationPair {
  readonly before: Operation;
  readonly after: Operation;
  readonly place: string;
}

/**
 * What in `after` breaks programs that were written for `before`, one sentence each. Schemas are called by the name of
 * their component, so that a change that a hundred routes share is told once.
 */
export function findBreakingChanges(versions: Versions): readonly string[] {
  const requests = new SchemaComparison(versions, 'request');
  const responses = new SchemaComparison(versions, 'response');
  const later = new Map(Object.entries(versions.after.paths).map(([path, methods]) => [withoutNames(path), methods]));
  const found = Object.entries(versions.before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, before]) => {
      const place = `${method.toUpperCase()} ${path}`;
      const after = later.get(withoutNames(path))?.[method];
      if (after === undefined) return [`${place}: is gone`];
      const pair = { before, after, place };
      return [
        ...(!('401' in before.responses) && '401' in after.responses ? [`${place}: needs a key`] : []),
        ...compareParameters(pair, requests),
        ...compareBodies(pair, requests),
        ...compareAnswers(pair, responses),
      ];
    }),
  );
  return [...new Set(found)];
}

function compareParameters({ before, after, place }: OperationPair, schemas: SchemaComparison): readonly string[] {
  const olds = new Map(ownParameters(before).map((parameter) => [toKey(parameter), parameter]));
  const news = new Map(ownParameters(after).map((parameter) => [toKey(parameter), parameter]));
  const gone = [...olds.keys()].filter((key) => !news.has(key)).map((key) => `${place} ${key}: is no longer read`);
  const changed = [...news].flatMap(([key, { required, schema = {} }]) => {
    const old = olds.get(key);
    const isDemanded = required === true && old?.required !== true;
    const pair = { before: old?.schema ?? {}, after: schema, place: `${place} ${key}` };
    return [
      ...(isDemanded ? [`${place} ${key}: is required`] : []),
      ...(old === undefined ? [] : schemas.compare(pair)),
    ];
  });
  return [...gone, ...changed];
}

function compareBodies({ before, after, place }: OperationPair, schemas: SchemaComparison): readonly string[] {
  const [old, next] = [before.requestBody, after.requestBody];
  const isDemanded = next?.required === true && old?.required !== true;
  return [
    ...(isDemanded ? [`${place}: a body is required`] : []),
    ...(old && next ? compareContent(old.content, next.content, { place: `${place} body`, schemas }) : []),
  ];
}

/** Of refusals only successes are told apart: which of them a route can answer with is no promise. */
function compareAnswers({ before, after, place }: OperationPair, schemas: SchemaComparison): readonly string[] {
  return Object.entries(before.responses).flatMap(([status, { content = {} }]) => {
    const next = after.responses[status];
    if (next !== undefined) {
      return compareContent(content, next.content ?? {}, { place: `${place} ${status}`, schemas });
    }
    return status.startsWith('2') ? [`${place}: no longer answers ${status}`] : [];
  });
}

function compareContent(
  before: Content,
  after: Content,
  { place, schemas }: { readonly place: string; readonly schemas: SchemaComparison },
): readonly string[] {
  return Object.entries(before).flatMap(([type, { schema = {} }]) => {
    const next = after[type];
    if (next === undefined) return [`${place}: ${type} is gone`];
    return schemas.compare({ before: schema, after: next.schema ?? {}, place });
  });
}

/** Those in the path are part of it, and their names are for readers alone. */
function ownParameters({ parameters = [] }: Operation): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in !== 'path');
}

function toKey(parameter: Parameter): string {
  return `${parameter.in} ${parameter.name}`;
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}
