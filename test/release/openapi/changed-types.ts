import type { SchemaPair } from './compare-schemas.ts';

/** Something that requests must not be any more, or answers may be now. */
export function findTypeProblem({ before, after, place }: SchemaPair, isRequest: boolean): string | undefined {
  const [wide, narrow] = isRequest ? [after.type, before.type] : [before.type, after.type];
  const fits = wide === undefined || wide === narrow || (wide === 'number' && narrow === 'integer');
  return fits
    ? undefined
    : `${place}: was ${String(before.type ?? 'anything')}, is ${String(after.type ?? 'anything')}`;
}

/** Programs that read a date must not get another text. */
export function findChangedFormat({ before, after, place }: SchemaPair): readonly string[] {
  if (before.format === undefined || before.format === after.format) return [];
  return [`${place}: format was ${before.format}, is ${after.format ?? 'free'}`];
}
