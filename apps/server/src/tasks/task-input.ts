import type { TaskData } from '@postrider/core';

/** Reads what was checked when the task was made; a store hands it back as plain JSON. */
export class TaskInput {
  readonly #data: TaskData;

  constructor(data: TaskData) {
    this.#data = data;
  }

  text(name: string): string | undefined {
    const value = this.#data[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#data[name];
    return typeof value === 'number' ? value : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#data[name];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
  }

  instant(name: string): Date | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : new Date(value);
  }
}
