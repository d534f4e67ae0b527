import type { PageRequest } from '@postrider/core';
import { toPageScan } from '../page.js';

type Value = string | number;

/** Conditions of a WHERE clause with their named values; those without a value are left out. */
export class Conditions {
  readonly #texts: string[] = [];
  readonly #values: Record<string, Value> = {};

  /** Adds `text`, which mentions `:name`, unless there is no value. Lists become JSON, for `json_each`. */
  add(text: string, name: string, value: Value | Date | readonly string[] | undefined): this {
    if (value === undefined) return this;
    this.#texts.push(text);
    this.#values[name] = toValue(value);
    return this;
  }

  /** Adds a condition without a value; nothing when there is none. */
  addText(text: string | undefined): this {
    if (text === undefined) return this;
    this.#texts.push(text);
    return this;
  }

  /** The rest of a statement that reads a page by the column `key`, from WHERE on. */
  forPage(page: PageRequest, key = 'id'): { readonly text: string; readonly values: Readonly<Record<string, Value>> } {
    const scan = toPageScan(page);
    if (scan.comparison !== undefined) this.add(`${key} ${scan.comparison} :pageKey`, 'pageKey', scan.key);
    return {
      text: `WHERE ${this.#texts.join(' AND ')} ORDER BY ${key} ${scan.direction} LIMIT :pageLimit`,
      values: { ...this.#values, pageLimit: scan.limit },
    };
  }

  /** The rest of a statement that reads everything, from WHERE on. */
  forAll(): { readonly text: string; readonly values: Readonly<Record<string, Value>> } {
    return { text: `WHERE ${this.#texts.join(' AND ')}`, values: { ...this.#values } };
  }
}

function toValue(value: Value | Date | readonly string[]): Value {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
