import type { Schema } from './document.ts';
import type { SchemaPair } from './compare-schemas.ts';

const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;
const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
/** Nobody can say in general whether one allows all that another did, so each change counts. */
const exact = ['pattern', 'format', 'multipleOf', 'uniqueItems'] as const;

/** Values that requests could have and may not have any more. */
export function findNarrowedBounds(pair: SchemaPair): readonly string[] {
  const { before, after, place } = pair;
  const changed = (keyword: string): string =>
    `${place}: ${keyword} was ${toText(before[keyword])}, is ${toText(after[keyword])}`;
  return [
    ...upper.filter((keyword) => toNumber(after[keyword], Infinity) < toNumber(before[keyword], Infinity)).map(changed),
    ...lower
      .filter((keyword) => toNumber(after[keyword], -Infinity) > toNumber(before[keyword], -Infinity))
      .map(changed),
    ...exact.filter((keyword) => after[keyword] !== undefined && after[keyword] !== before[keyword]).map(changed),
    ...findRefusedValues(pair),
  ];
}

function findRefusedValues({ before, after, place }: SchemaPair): readonly string[] {
  const [olds, news] = [valuesOf(before), valuesOf(after)];
  if (news === undefined) return [];
  if (olds === undefined) return [`${place}: only ${news.map(toText).join(', ')} are accepted`];
  const refused = olds.filter((value) => !news.includes(value));
  return refused.length === 0 ? [] : [`${place}: ${refused.map(toText).join(', ')} is refused`];
}

function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return schema.enum ?? (Object.hasOwn(schema, 'const') ? [schema.const] : undefined);
}

function toNumber(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent;
}

function toText(value: unknown): string {
  return value === undefined ? 'free' : JSON.stringify(value);
}
