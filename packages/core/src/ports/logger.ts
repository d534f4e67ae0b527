import { definePort } from '../plugin/define-port.js';

/** Structured facts beside a message. Errors go under the key `error`. Never secrets or payloads. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where a component tells what it does. No method throws or blocks. */
export interface Logger {
  /** For the developer who traces one request. */
  debug(message: string, fields?: LogFields): void;
  /** Something an operator expects to see: started, stopped, configured. */
  info(message: string, fields?: LogFields): void;
  /** Works, but somebody should look. */
  warn(message: string, fields?: LogFields): void;
  /** A promise was broken. */
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `bindings` to every line. */
  child(bindings: LogFields): Logger;
}

/** The log of the host. `setup` also receives a logger that names the plugin. */
export const Logger = definePort<Logger>({ id: 'postrider.logger', version: 1 });
