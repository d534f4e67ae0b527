import { cacheError } from './errors.js';

// Far below where recursion ends the stack; data that is nested deeper is not the arguments of a call.
const deepestNesting = 100;
const bareText = /^[A-Z_a-z][\w.-]*$/;
const reservedWords = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/**
 * A key from any plain arguments: equal arguments give the same text, different ones different texts. The parts are
 * joined by `:`, so that keys can be read and matched by pattern: `cacheKey('report', 'app_1', { days: 7 })` is
 * `report:app_1:{days:7}`.
 *
 * Takes texts, numbers, bigints, booleans, `null`, `undefined`, dates, URLs, bytes, arrays, plain objects, Maps and
 * Sets. The order of members does not matter in objects, Maps and Sets; a member that is `undefined` equals an absent
 * one; `-0` equals `0`. Throws `CACHE_KEY_UNSUPPORTED`, naming the place, for everything else (functions, symbols,
 * class instances), for cycles, and for nesting beyond 100 levels.
 */
export function cacheKey(...parts: readonly unknown[]): string {
  return parts.map((part, index) => new KeyWriter(`argument ${String(index + 1)}`).write(part, '')).join(':');
}

class KeyWriter {
  /** The containers around the value being written, outermost first. */
  readonly #around: object[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  write(value: unknown, path: string): string {
    switch (typeof value) {
      case 'string':
        return toText(value);
      case 'number':
        return String(value); // -0 becomes 0
      case 'bigint':
        return `${String(value)}n`;
      case 'boolean':
      case 'undefined':
        return String(value);
      case 'object':
        return value === null ? 'null' : this.#writeObject(value, path);
      case 'function':
      case 'symbol':
        throw this.#refuse(path, `is a ${typeof value}`);
    }
  }

  #writeObject(value: object, path: string): string {
    if (value instanceof Date) return `Date(${String(value.getTime())})`;
    if (value instanceof URL) return `URL(${JSON.stringify(value.href)})`;
    if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString('hex')})`;
    if (this.#around.includes(value)) throw this.#refuse(path, 'refers back to what contains it (a cycle)');
    if (this.#around.length >= deepestNesting) {
      throw this.#refuse(path, `is nested deeper than ${String(deepestNesting)} levels`);
    }
    this.#around.push(value);
    const text = this.#writeContainer(value, path);
    this.#around.pop();
    return text;
  }

  #writeContainer(value: object, path: string): string {
    if (Array.isArray(value)) {
      // Array.from also visits the holes, which `map` skips.
      return `[${Array.from(value, (item, index) => this.write(item, `${path}[${String(index)}]`)).join(',')}]`;
    }
    if (value instanceof Set) {
      const items = [...(value as ReadonlySet<unknown>)].map((item) => this.write(item, `${path}<item>`));
      return `Set(${items.sort().join(',')})`;
    }
    if (value instanceof Map) {
      const entries = [...(value as ReadonlyMap<unknown, unknown>)].map(
        ([key, item]) => `${this.write(key, `${path}<key>`)}=>${this.write(item, `${path}<value>`)}`,
      );
      return `Map(${entries.sort().join(',')})`;
    }
    return this.#writePlainObject(value, path);
  }

  #writePlainObject(value: object, path: string): string {
    const prototype: unknown = Object.getPrototypeOf(value);
    // Also the Object of another realm: its prototype is the last one, too.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw this.#refuse(path, `is an instance of ${value.constructor.name || 'a class'}`);
    }
    if (Object.getOwnPropertySymbols(value).length > 0) throw this.#refuse(path, 'has symbols as names');
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => `${toText(name)}:${this.write(member, `${path}.${name}`)}`);
    return `{${members.join(',')}}`;
  }

  #refuse(path: string, what: string): Error {
    return cacheError(
      'CACHE_KEY_UNSUPPORTED',
      `${this.#root}${path} ${what}; expected plain data. Pass the ids or fields that tell the calls apart.`,
    );
  }
}

/** Bare where no other value looks the same, else quoted. */
function toText(text: string): string {
  return bareText.test(text) && !reservedWords.has(text) ? text : JSON.stringify(text);
}
