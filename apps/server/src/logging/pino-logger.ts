import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import type { LogFields, Logger } from '@postrider/core';
import { createRedactor } from './redact.js';
import { serializeError } from './serialize-error.js';

/** Names under which nobody may find a value in the log, at the top of the fields or one level below. */
const secretNames = ['authorization', 'cookie', 'set-cookie', 'x-api-key', 'webhook-signature', 'secret', 'password'];

export interface PinoLoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly destination: DestinationStream;
  /** Secrets of the configuration; they never appear in a line. */
  readonly secrets: readonly string[];
}

function wrap(log: Pino): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) =>
      log[level](fields, message);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (bindings) => wrap(log.child(bindings)),
  };
}

/** A logger that writes one JSON object per line. */
export function createPinoLogger({ level, destination, secrets }: PinoLoggerOptions): Logger {
  const redact = createRedactor(secrets);
  const log = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      errorKey: 'error',
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: (thrown: unknown) => serializeError(thrown) },
      redact: { paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '[redacted]' },
      hooks: { streamWrite: redact },
    },
    destination,
  );
  return wrap(log);
}
