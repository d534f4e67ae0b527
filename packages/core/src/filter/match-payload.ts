import type { PayloadFilter } from './payload-filter.js';

/** Values of the payload that one filter may look at. Beyond that it lets the message pass: rather one too many. */
const maxSteps = 100_000;

/** Whether a payload, as parsed, passes a valid filter. Takes bounded time; what cannot be judged within it passes. */
export function matchesPayload(filter: PayloadFilter, payload: unknown): boolean {
  const match = new Match();
  return match.all(filter, payload) || match.isExhausted;
}

class Match {
  #steps = 0;

  get isExhausted(): boolean {
    return this.#steps > maxSteps;
  }

  /** All members and operators of the object. `value` is `undefined` when the payload has nothing there. */
  all(filter: PayloadFilter, value: unknown): boolean {
    const entries = Object.entries(filter);
    // The conditions on members of one object must hold for the same object of a list.
    if (Array.isArray(value) && entries.some(([key]) => !key.startsWith('$'))) {
      return value.some((item) => this.#step() && this.all(filter, item));
    }
    return entries.every(([key, condition]) => this.#one(key, condition, value));
  }

  #one(key: string, condition: unknown, value: unknown): boolean {
    if (!this.#step()) return false;
    switch (key) {
      case '$and':
        return (condition as readonly PayloadFilter[]).every((filter) => this.all(filter, value));
      case '$or':
        return (condition as readonly PayloadFilter[]).some((filter) => this.all(filter, value));
      case '$not':
        return !this.all(condition as PayloadFilter, value);
      case '$exists':
        return (value !== undefined) === condition;
      case '$ne':
        return !this.#some(value, (item) => item === condition);
      case '$nin':
        return !this.#some(value, (item) => (condition as readonly unknown[]).includes(item));
      default:
        return key.startsWith('$')
          ? this.#some(value, (item) => compare(key, condition, item))
          : this.#member(value, { key, condition });
    }
  }

  #member(value: unknown, { key, condition }: { readonly key: string; readonly condition: unknown }): boolean {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    const member = isThere ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
    if (Array.isArray(condition)) return this.#some(member, (item) => condition.includes(item));
    if (typeof condition !== 'object' || condition === null) return this.#some(member, (item) => item === condition);
    return this.all(condition as PayloadFilter, member);
  }

  /** The value itself, or one item of the list. */
  #some(value: unknown, test: (item: unknown) => boolean): boolean {
    return Array.isArray(value) ? value.some((item) => this.#step() && test(item)) : test(value);
  }

  #step(): boolean {
    this.#steps += 1;
    return this.#steps <= maxSteps;
  }
}

function compare(operator: string, wanted: unknown, found: unknown): boolean {
  if (operator === '$eq') return found === wanted;
  if (operator === '$in') return (wanted as readonly unknown[]).includes(found);
  if (typeof found === 'string' && typeof wanted === 'string') return compareTexts(operator, wanted, found);
  if (typeof found !== 'number' || typeof wanted !== 'number') return false;
  return isInOrder(operator, wanted, found);
}

function compareTexts(operator: string, wanted: string, found: string): boolean {
  switch (operator) {
    case '$startsWith':
      return found.startsWith(wanted);
    case '$endsWith':
      return found.endsWith(wanted);
    case '$contains':
      return found.includes(wanted);
    default:
      return isInOrder(operator, wanted, found);
  }
}

function isInOrder<T extends string | number>(operator: string, wanted: T, found: T): boolean {
  switch (operator) {
    case '$gt':
      return found > wanted;
    case '$gte':
      return found >= wanted;
    case '$lt':
      return found < wanted;
    default:
      return found <= wanted;
  }
}
