/** The value itself when it fits, else a `RangeError` that says what was found and what was expected. */
export function checkNumber(
  name: string,
  value: number,
  range: { readonly min: number; readonly max?: number; readonly integer?: boolean },
): number {
  const { min, max = Number.MAX_SAFE_INTEGER, integer = false } = range;
  if (value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
  const kind = integer ? 'an integer' : 'a number';
  throw new RangeError(`${name} is ${String(value)}: expected ${kind} from ${String(min)} to ${String(max)}`);
}
