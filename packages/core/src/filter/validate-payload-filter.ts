import { accept, refuse, show, type Refusal, type Validation } from '../validators/validation.js';
import {
  listOperators,
  payloadFilterLimits,
  valueOperators,
  type FilterValue,
  type PayloadFilter,
} from './payload-filter.js';

const { depth: maxDepth, values: maxValues, list: maxList, text: maxText } = payloadFilterLimits;
const orderOperators = new Set(['$gt', '$gte', '$lt', '$lte']);
const textOperators = new Set(['$startsWith', '$endsWith', '$contains']);

/** Checks a filter that may come from anybody. The message names the place of the first fault. */
export function validatePayloadFilter(value: unknown): Validation<PayloadFilter> {
  const found = new FilterCheck().checkObject(value, 'filter', 0);
  if (found !== undefined) return found;
  return accept(value as PayloadFilter);
}

type Fault = Refusal<'validation'> | undefined;

class FilterCheck {
  #values = 0;

  checkObject(value: unknown, at: string, depth: number): Fault {
    if (!isPlainObject(value)) return refuse('validation', `Found ${show(value)} as ${at}; expected an object.`);
    if (depth > maxDepth) return refuse('validation', `${at} is nested deeper than ${maxDepth} levels.`);
    const entries = Object.entries(value);
    if (entries.length === 0) {
      return refuse('validation', `${at} is empty: leave the filter out (or send null) to receive everything.`);
    }
    for (const [key, member] of entries) {
      const found = this.#countOne(at) ?? this.#checkMember(key, member, { at: `${at}.${key}`, depth });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #countOne(at: string): Fault {
    this.#values += 1;
    if (this.#values <= maxValues) return undefined;
    return refuse('validation', `The filter has more than ${maxValues} values, counted up to ${at}.`);
  }

  #checkMember(key: string, value: unknown, { at, depth }: { at: string; depth: number }): Fault {
    if (key.startsWith('$')) return this.#checkOperator(key, value, { at, depth });
    if (key.length > maxText || !isStorable(key)) {
      return refuse('validation', `The name ${show(key)} is longer than ${maxText} characters, or no proper text.`);
    }
    if (Array.isArray(value)) return this.#checkList(value, at);
    return isPlainObject(value) ? this.checkObject(value, at, depth + 1) : checkValue(value, at);
  }

  #checkOperator(key: string, value: unknown, { at, depth }: { at: string; depth: number }): Fault {
    if (key === '$not') return this.checkObject(value, at, depth + 1);
    if (key === '$and' || key === '$or') return this.#checkFilters(value, { at, depth });
    if (key === '$exists') {
      return typeof value === 'boolean'
        ? undefined
        : refuse('validation', `Found ${show(value)} as ${at}; expected true or false.`);
    }
    if (listOperators.has(key)) return this.#checkList(value, at);
    if (!valueOperators.has(key)) {
      const known = [...valueOperators, ...listOperators, '$exists', '$and', '$or', '$not'].join(', ');
      return refuse('validation', `Found ${show(key)} at ${at}, which is no operator; there are ${known}.`);
    }
    if (textOperators.has(key) && typeof value !== 'string') {
      return refuse('validation', `Found ${show(value)} as ${at}; expected a text.`);
    }
    if (orderOperators.has(key) && typeof value !== 'string' && typeof value !== 'number') {
      return refuse('validation', `Found ${show(value)} as ${at}; expected a number or a text.`);
    }
    return checkValue(value, at);
  }

  #checkFilters(value: unknown, { at, depth }: { at: string; depth: number }): Fault {
    if (!Array.isArray(value) || value.length === 0 || value.length > maxList) {
      return refuse('validation', `Found ${show(value)} as ${at}; expected a list of 1 to ${maxList} filters.`);
    }
    for (const [index, filter] of value.entries()) {
      const found = this.checkObject(filter, `${at}.${index}`, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #checkList(value: unknown, at: string): Fault {
    if (!Array.isArray(value) || value.length === 0 || value.length > maxList) {
      return refuse('validation', `Found ${show(value)} as ${at}; expected a list of 1 to ${maxList} values.`);
    }
    for (const [index, item] of value.entries()) {
      const found = this.#countOne(at) ?? checkValue(item, `${at}.${index}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function checkValue(value: unknown, at: string): Fault {
  if (!isFilterValue(value)) {
    return refuse('validation', `Found ${show(value)} as ${at}; expected a text, a number, true, false or null.`);
  }
  if (typeof value !== 'string' || (value.length <= maxText && isStorable(value))) return undefined;
  return refuse('validation', `The text of ${at} is longer than ${maxText} characters, or no proper text.`);
}

/** No NUL and no half of a surrogate pair: stores cannot hold the one, encoders not write the other. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function isFilterValue(value: unknown): value is FilterValue {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
