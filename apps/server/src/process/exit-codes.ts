/** What the exit of the process means; described in `docs/reference/configuration.md`. */
export const exitCodes = {
  /** Stopped as asked, after draining. */
  ok: 0,
  /** Could not start, met a fault that nobody handled, or was told twice to stop. */
  failure: 1,
  /** The configuration is wrong (EX_CONFIG of sysexits.h): trying again does not help. */
  badConfiguration: 78,
} as const;
