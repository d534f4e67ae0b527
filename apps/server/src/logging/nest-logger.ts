import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@postrider/core';

/** Nest's own lines. What it tells at `log` level (modules, routes) interests a developer, not an operator. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, ...context: unknown[]): void {
    this.#logger.debug(String(message), fieldsOf(context));
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.#logger.debug(String(message), fieldsOf(context));
  }

  verbose(message: unknown, ...context: unknown[]): void {
    this.#logger.debug(String(message), fieldsOf(context));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.#logger.warn(String(message), fieldsOf(context));
  }

  error(message: unknown, ...context: unknown[]): void {
    const error = message instanceof Error ? message : undefined;
    this.#logger.error(error?.message ?? String(message), { ...fieldsOf(context), ...(error && { error }) });
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.error(message, ...context);
  }
}

function fieldsOf(context: readonly unknown[]): Record<string, unknown> {
  const name = context.at(-1);
  return typeof name === 'string' && !name.includes('\n') ? { context: name } : {};
}
