import type { Clock, Logger, Random } from '@postrider/core';
import type { Environment } from '../config/load-config.js';

/** What a command has of the world. */
export interface CliIo {
  readonly environment: Environment;
  /** The working directory. */
  readonly directory: string;
  /** Standard output: what was asked for. */
  readonly out: (text: string) => void;
  /** Standard error: everything else. */
  readonly err: (text: string) => void;
  readonly clock: Clock;
  readonly random: Random;
}

/** A log of warnings and errors for people; debug and info lines go nowhere. */
export function createCliLogger({ err }: Pick<CliIo, 'err'>): Logger {
  const write =
    (level: string): Logger['warn'] =>
    (message, fields) => {
      const { error } = fields ?? {};
      err(`${level}: ${message}${error instanceof Error ? `: ${error.message}` : ''}\n`);
    };
  const silent = (): void => undefined;
  const logger: Logger = {
    debug: silent,
    info: silent,
    warn: write('warning'),
    error: write('error'),
    child: () => logger,
  };
  return logger;
}

/** Prints rows under their titles, in columns. */
export function toTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
