/** Where a value stands in its text: `text.slice(start, end)`, without the white space around it. */
export interface JsonSlice {
  readonly start: number;
  readonly end: number;
}

/** Why a grammatically correct text is still refused. */
export type JsonScanProblem =
  | { readonly kind: 'duplicate_key'; readonly key: string }
  | { readonly kind: 'forbidden_key'; readonly key: string }
  | { readonly kind: 'too_deep' }
  | { readonly kind: 'too_many_keys' };

export interface JsonScanLimits {
  /** Objects and arrays around a value, itself included. */
  readonly maxDepth: number;
  /** Members of all objects together, those inside raw members not counted. */
  readonly maxKeys: number;
}

export type JsonScanResult =
  | { readonly outcome: 'scanned'; readonly raw: ReadonlyMap<string, JsonSlice> }
  | { readonly outcome: 'refused'; readonly problem: JsonScanProblem };

const quote = 0x22;
const backslash = 0x5c;
const openObject = 0x7b;
const closeObject = 0x7d;
const openArray = 0x5b;
const closeArray = 0x5d;
const comma = 0x2c;

class Refusal extends Error {
  readonly problem: JsonScanProblem;

  constructor(problem: JsonScanProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/**
 * Walks a text that `JSON.parse` accepted: the grammar is taken for granted, so this is a bracket and string counter,
 * not a parser. Everything outside the raw members is "control level": there, a key must not repeat in its object and
 * must not be `__proto__` (nor `constructor` with a `prototype` in it), because two readers of such a text may see
 * two different values. Raw members of the top object are only measured: they belong to the sender.
 */
class JsonScanner {
  readonly raw = new Map<string, JsonSlice>();
  readonly #text: string;
  readonly #limits: JsonScanLimits;
  readonly #rawMembers: ReadonlySet<string>;
  #at = 0;
  #keys = 0;

  constructor(text: string, rawMembers: ReadonlySet<string>, limits: JsonScanLimits) {
    this.#text = text;
    this.#rawMembers = rawMembers;
    this.#limits = limits;
  }

  /** Reads one value of the control level; returns the keys of it when it is an object. */
  scanValue(depth: number): ReadonlySet<string> | undefined {
    const code = this.#skipSpace();
    if (code === openObject) return this.#scanObject(depth + 1);
    if (code === openArray) this.#scanArray(depth + 1);
    else this.#skipScalar(code);
    return undefined;
  }

  #scanObject(depth: number): ReadonlySet<string> {
    this.#checkDepth(depth);
    const keys = new Set<string>();
    this.#at += 1;
    while (this.#skipSpace() !== closeObject) {
      const key = this.#readKey();
      if (keys.has(key)) throw new Refusal({ kind: 'duplicate_key', key });
      if (key === '__proto__') throw new Refusal({ kind: 'forbidden_key', key });
      keys.add(key);
      this.#keys += 1;
      if (this.#keys > this.#limits.maxKeys) throw new Refusal({ kind: 'too_many_keys' });
      this.#skipSpace();
      this.#at += 1; // the colon
      if (depth === 1 && this.#rawMembers.has(key)) this.#measureRaw(key, depth);
      else this.#scanMember(key, depth);
      if (this.#skipSpace() === comma) this.#at += 1;
    }
    this.#at += 1;
    return keys;
  }

  #scanMember(key: string, depth: number): void {
    const inner = this.scanValue(depth);
    if (key === 'constructor' && inner?.has('prototype') === true) throw new Refusal({ kind: 'forbidden_key', key });
  }

  #scanArray(depth: number): void {
    this.#checkDepth(depth);
    this.#at += 1;
    while (this.#skipSpace() !== closeArray) {
      this.scanValue(depth);
      if (this.#skipSpace() === comma) this.#at += 1;
    }
    this.#at += 1;
  }

  /** Notes where a raw member stands, and how deep it goes, without looking at its keys. */
  #measureRaw(key: string, outerDepth: number): void {
    const first = this.#skipSpace();
    const start = this.#at;
    if (first !== openObject && first !== openArray) {
      this.#skipScalar(first);
    } else {
      let depth = outerDepth;
      do {
        const code = this.#text.charCodeAt(this.#at);
        if (code === quote) {
          this.#skipString();
          continue;
        }
        if (code === openObject || code === openArray) this.#checkDepth((depth += 1));
        else if (code === closeObject || code === closeArray) depth -= 1;
        this.#at += 1;
      } while (depth > outerDepth);
    }
    this.raw.set(key, { start, end: this.#at });
  }

  #checkDepth(depth: number): void {
    if (depth > this.#limits.maxDepth) throw new Refusal({ kind: 'too_deep' });
  }

  #skipSpace(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (isSpace(code)) code = this.#text.charCodeAt((this.#at += 1));
    return code;
  }

  #readKey(): string {
    const start = this.#at;
    this.#skipString();
    const literal = this.#text.slice(start, this.#at);
    return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  }

  /** From the opening quote to behind the closing one: the first quote with an even number of backslashes before it. */
  #skipString(): void {
    let end = this.#at;
    let backslashes: number;
    do {
      end = this.#text.indexOf('"', end + 1);
      backslashes = 0;
      while (this.#text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    } while (backslashes % 2 === 1);
    this.#at = end + 1;
  }

  #skipScalar(first: number): void {
    if (first === quote) return this.#skipString();
    const end = this.#text.length;
    for (; this.#at < end; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === comma || code === closeObject || code === closeArray || isSpace(code)) return;
    }
  }
}

/** Checks the control level of a text that `JSON.parse` accepted, and finds the raw members of its top object. */
export function scanJson(
  text: string,
  { rawMembers, limits }: { readonly rawMembers: ReadonlySet<string>; readonly limits: JsonScanLimits },
): JsonScanResult {
  const scanner = new JsonScanner(text, rawMembers, limits);
  try {
    scanner.scanValue(0);
    return { outcome: 'scanned', raw: scanner.raw };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused', problem: error.problem };
    throw error;
  }
}
