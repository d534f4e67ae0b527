/** The answer of a validator: the value to use from now on, or why the input is refused. */
export type Validation<T, Code extends string = 'validation'> =
  { readonly ok: true; readonly value: T } | Refusal<Code>;

export interface Refusal<Code extends string> {
  readonly ok: false;
  /** Stable, for programs. */
  readonly code: Code;
  /** What was found, what was expected, what to do; for people. Never contains a secret or a whole payload. */
  readonly message: string;
}

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, message: string): Refusal<Code> {
  return { ok: false, code, message };
}

/** A value of unknown type as it can stand in a message: short, on one line, quoted when it is text. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value.slice(0, 80));
    return value.length > 80 ? `${text}… (${value.length} characters)` : text;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? `a list of ${value.length}` : `a value of type ${typeof value}`;
}
