import type { PageRequest } from '@postrider/core';
import { readLimit, windowOf } from './paging.js';

/** Collects the conditions of a list with their parameters. */
export class Conditions {
  readonly #conditions: string[] = [];
  readonly values: unknown[];

  /** `values` are parameters that come before: those of another part of the same statement. */
  constructor(values: unknown[] = []) {
    this.values = values;
  }

  /** Adds a condition; `?` in it stands for the value. Nothing happens when the value is absent. */
  add(condition: string, value: unknown): this {
    if (value === undefined) return this;
    this.#conditions.push(condition.replaceAll('?', this.parameter(value)));
    return this;
  }

  /** Adds a condition without a value. */
  addText(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** Adds a parameter alone and returns what stands for it. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** The WHERE clause. */
  get where(): string {
    return `WHERE ${this.#conditions.join(' AND ')}`;
  }

  /** Adds the cursor of a page on the key column and returns WHERE, ORDER BY and LIMIT. */
  paged(page: PageRequest, keyColumn: string): string {
    const { comparison, direction } = windowOf(page);
    if (comparison !== undefined) this.add(`${keyColumn} ${comparison} ?`, page.cursor?.key);
    return `${this.where} ORDER BY ${keyColumn} ${direction} LIMIT ${this.parameter(readLimit(page))}`;
  }
}
