import { isDeepStrictEqual } from 'node:util';
import { findChangedFormat, findTypeProblem } from './changed-types.ts';
import { componentOf, resolve, type OpenApiDocument, type Schema } from './document.ts';
import { findNarrowedBounds } from './narrowed-bounds.ts';

/** Two states of one document. */
export interface Versions {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
}

/** The two states of one schema; `place` is how messages call it. */
export interface SchemaPair {
  readonly before: Schema;
  readonly after: Schema;
  readonly place: string;
}

/**
 * Compares schemas of one direction. What callers send must still be accepted, so nothing may become narrower; what
 * they receive must still be what they were promised, so nothing may be missing or become of another type. A value more
 * in an enumeration of answers is no break: callers are told to expect those.
 */
export class SchemaComparison {
  readonly #versions: Versions;
  readonly #isRequest: boolean;
  /** By pair of components; without problems while it is being compared, because schemas may contain themselves. */
  readonly #known = new Map<string, readonly string[]>();

  constructor(versions: Versions, direction: 'request' | 'response') {
    this.#versions = versions;
    this.#isRequest = direction === 'request';
  }

  /** What breaks callers, one sentence each. */
  compare(pair: SchemaPair): readonly string[] {
    const [oldName, newName] = [componentOf(pair.before), componentOf(pair.after)];
    if (oldName === undefined || newName === undefined) return this.#compareResolved(pair);
    const key = `${oldName} ${newName}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, []);
    const problems = this.#compareResolved({ ...pair, place: newName });
    this.#known.set(key, problems);
    return problems;
  }

  #compareResolved({ before, after, place }: SchemaPair): readonly string[] {
    const [olds, news] = [this.#alternatives(before, 'before'), this.#alternatives(after, 'after')];
    const [old, next] = [olds[0], news[0]];
    return old !== undefined && next !== undefined && olds.length === 1 && news.length === 1
      ? this.#compareSingle({ before: old, after: next, place })
      : this.#compareAlternatives(olds, news, place);
  }

  /** Each alternative that callers could send, or may now receive, needs one on the other side that it fits. */
  #compareAlternatives(olds: readonly Schema[], news: readonly Schema[], place: string): readonly string[] {
    const [needing, offering] = this.#isRequest ? [olds, news] : [news, olds];
    return needing.flatMap((needed) => {
      const tries = offering.map((offered) => {
        const [before, after] = this.#isRequest ? [needed, offered] : [offered, needed];
        return this.#compareSingle({ before, after, place });
      });
      if (tries.some((problems) => problems.length === 0)) return [];
      // That of the same type, where there is one, says best what is wrong.
      const alike = offering.findIndex(({ type }) => isDeepStrictEqual(type, needed.type));
      const what = String(needed.type ?? JSON.stringify(needed));
      return alike >= 0 ? (tries[alike] ?? []) : [`${place}: ${what} ${this.#isRequest ? 'is refused' : 'is new'}`];
    });
  }

  #compareSingle(pair: SchemaPair): readonly string[] {
    const { before, after, place } = pair;
    if (isDeepStrictEqual(before, after) && !JSON.stringify(before).includes('"$ref"')) return [];
    const types = findTypeProblem(pair, this.#isRequest);
    if (types !== undefined) return [types];
    const below = (part: string, old: Schema | undefined, next: Schema | undefined): readonly string[] =>
      old === undefined || next === undefined
        ? []
        : this.compare({ before: old, after: next, place: `${place}${part}` });
    return [
      ...(this.#isRequest ? findNarrowedBounds(pair) : findChangedFormat(pair)),
      ...this.#compareFields(pair),
      ...Object.entries(before.properties ?? {}).flatMap(([name, old]) =>
        below(`.${name}`, old, after.properties?.[name]),
      ),
      ...below('[]', before.items, after.items),
      ...below('.*', toSchema(before.additionalProperties), toSchema(after.additionalProperties)),
      ...(this.#isRequest ? below(' (names)', before.propertyNames ?? {}, after.propertyNames ?? {}) : []),
    ];
  }

  #compareFields({ before, after, place }: SchemaPair): readonly string[] {
    const [olds, news] = [before.properties ?? {}, after.properties ?? {}];
    const gone = Object.keys(olds).filter((name) => !Object.hasOwn(news, name));
    const isRequired = ({ required = [] }: Schema, name: string): boolean => required.includes(name);
    if (!this.#isRequest) {
      const kept = (before.required ?? []).filter((name) => Object.hasOwn(news, name) && !isRequired(after, name));
      return [
        ...gone.map((name) => `${place}.${name}: is gone from answers`),
        ...kept.map((name) => `${place}.${name}: may be absent from answers`),
      ];
    }
    const demanded = (after.required ?? []).filter((name) => !isRequired(before, name));
    return [
      ...gone.map((name) => `${place}.${name}: is no longer read from requests`),
      ...demanded.map((name) => `${place}.${name}: is required in requests`),
      ...(after.additionalProperties === false && before.type === 'object' && before.additionalProperties !== false
        ? [`${place}: refuses fields that it does not know`]
        : []),
    ];
  }

  #alternatives(schema: Schema, side: keyof Versions): readonly Schema[] {
    const document = this.#versions[side];
    const found = resolve(document, schema);
    const parts = found.anyOf ?? found.oneOf;
    if (parts !== undefined) return parts.flatMap((part) => this.#alternatives(part, side));
    return typeof found.type === 'object' ? found.type.map((type) => ({ ...found, type })) : [found];
  }
}

function toSchema(value: boolean | Schema | undefined): Schema | undefined {
  return typeof value === 'object' ? value : undefined;
}
