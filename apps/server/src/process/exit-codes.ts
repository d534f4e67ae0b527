import { isPostriderError } from '@postrider/core';

/** What the exit of the process means; described in `docs/reference/configuration.md`. */
export const exitCodes = {
  /** Stopped as asked, after draining. */
  ok: 0,
  /** Could not start, met a fault that nobody handled, or was told twice to stop. */
  failure: 1,
  /** The configuration is wrong (EX_CONFIG of sysexits.h): trying again does not help. */
  badConfiguration: 78,
} as const;

/** Faults of the configuration that show only when the plugins it names meet, or the store is opened. */
const misconfigured: ReadonlySet<string> = new Set([
  'PLUGIN_LOAD_FAILED',
  'PLUGIN_WIRING_FAILED',
  'SECRET_KEY_MISSING',
  'SECRET_KEY_FILE_INVALID',
]);

/** The exit code for what kept the server from starting: the innermost error says what it was. */
export function exitCodeOf(error: unknown): number {
  for (let at = error; isPostriderError(at); at = at.cause) {
    if (misconfigured.has(at.code)) return exitCodes.badConfiguration;
  }
  return exitCodes.failure;
}
