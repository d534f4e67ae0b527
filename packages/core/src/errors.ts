/** What a code means, for people and for callers that decide whether to try again. */
export interface ErrorCodeInfo {
  /** One sentence: what happened. Becomes the row of `docs/reference/errors.md`. */
  readonly summary: string;
  /** The same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}

/** Facts for logs and API answers. Never secrets, payloads, SQL or stack traces. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface PostriderErrorOptions {
  readonly cause?: unknown;
  readonly details?: ErrorDetails | undefined;
}

// A registered symbol, so that errors of another installed copy of this package are recognised.
const brand = Symbol.for('postrider.error');

/**
 * A broken promise of a contract. Expected outcomes (not found, lost claim, refused input) are values instead.
 * Build one with the factory of the package that owns the code (`coreError` here): it knows which codes are retryable.
 */
export class PostriderError<Code extends string = string> extends Error {
  readonly [brand] = true;
  readonly code: Code;
  readonly retryable: boolean;
  readonly details: ErrorDetails | undefined;

  constructor(code: Code, message: string, options: PostriderErrorOptions & { readonly retryable: boolean }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PostriderError';
    this.code = code;
    this.retryable = options.retryable;
    this.details = options.details;
  }
}

/** Recognises errors of any copy of this package; with `code`, only those that carry it. */
export function isPostriderError<Code extends string>(error: unknown, code?: Code): error is PostriderError<Code> {
  if (!(error instanceof Error) || !(brand in error)) return false;
  return code === undefined || (error as PostriderError).code === code;
}

/** Declares the codes of a package, keeping their names as a type: `type XErrorCode = keyof typeof xErrorCodes`. */
export function defineErrorCodes<const Codes extends Record<string, ErrorCodeInfo>>(codes: Codes): Codes {
  return codes;
}

/** Builds an error of one of the declared codes; the message says what was found, what was expected, what to do. */
export type ErrorFactory<Code extends string> = <C extends Code>(
  code: C,
  message: string,
  options?: PostriderErrorOptions,
) => PostriderError<C>;

/** The factory for the codes of one package. */
export function createErrorFactory<Codes extends Record<string, ErrorCodeInfo>>(
  codes: Codes,
): ErrorFactory<keyof Codes & string> {
  return (code, message, options = {}) => {
    const info = codes[code] as ErrorCodeInfo;
    return new PostriderError(code, message, { ...options, retryable: info.retryable });
  };
}

/** The codes of this package, storage ports included. A code that goes out of use moves to `retiredErrorCodes`. */
export const errorCodes = defineErrorCodes({
  VALIDATION_FAILED: { summary: 'A value breaks a documented rule.', retryable: false },
  CONFIG_INVALID: { summary: 'A configuration option is unknown, missing or out of range.', retryable: false },
  ID_INVALID: { summary: 'A text is not an identifier of the expected kind.', retryable: false },
  STORAGE_UNAVAILABLE: { summary: 'The store cannot be reached or does not answer in time.', retryable: true },
  STORAGE_CONFLICT: { summary: 'A concurrent write won; reading again and retrying may succeed.', retryable: true },
  STORAGE_CLOSED: { summary: 'A storage method was called before `migrate` or after `close`.', retryable: false },
  STORAGE_FULL: { summary: 'The store has no room left for writes.', retryable: true },
  STORAGE_CORRUPT: { summary: 'The store returned data that breaks its own invariants.', retryable: false },
  STORAGE_LOCKED: { summary: 'Another process owns a store that only one process may open.', retryable: false },
  STORAGE_SCHEMA_TOO_NEW: {
    summary: 'A newer version made a breaking schema change; this version must not touch the data.',
    retryable: false,
  },
  STORAGE_SCHEMA_BEHIND: {
    summary: 'The schema lacks migrations of this version, and this process may not apply them.',
    retryable: false,
  },
  STORAGE_NOT_EMPTY: { summary: 'A backup can only be restored into a store that holds nothing.', retryable: false },
  BACKUP_INVALID: { summary: 'A backup is incomplete, damaged or of a version that is not known.', retryable: false },
  STORAGE_MIGRATION_FAILED: { summary: 'The schema could not be brought up to date.', retryable: false },
  PORT_NOT_STARTED: { summary: 'A port was used before its plugin had started.', retryable: true },
  PORT_STOPPED: { summary: 'A port was used after its plugin had stopped.', retryable: false },
  PORT_VERSION_MISMATCH: {
    summary: 'Two packages mean different versions of the same port or extension point.',
    retryable: false,
  },
  PORT_MISSING: { summary: 'A port is needed that neither the host nor a plugin provides.', retryable: false },
  PORT_DUPLICATE: { summary: 'Two plugins provide the same port, which has exactly one provider.', retryable: false },
  PLUGIN_WIRING_FAILED: {
    summary: 'The plugins cannot work together as configured; `details.problems` lists every reason.',
    retryable: false,
  },
  PLUGIN_INVALID: { summary: 'Something is not a plugin, or declares itself in a broken way.', retryable: false },
  PLUGIN_LOAD_FAILED: { summary: 'Configured plugin packages could not be imported.', retryable: false },
  PLUGIN_DUPLICATE: { summary: 'Two configured plugins have the same name.', retryable: false },
  PLUGIN_API_INCOMPATIBLE: {
    summary: 'A plugin was made for another version of the plugin API than the host has.',
    retryable: false,
  },
  PLUGIN_CONFIG_INVALID: { summary: 'The schema of a plugin refuses its configuration.', retryable: false },
  PLUGIN_CYCLE: { summary: 'Plugins depend on each other in a circle, so none can start first.', retryable: false },
  PLUGIN_POLICY_INVALID: {
    summary: 'A plugin may not fail quietly at boot because others require its ports.',
    retryable: false,
  },
  PLUGIN_SETUP_FAILED: { summary: 'The `setup` of a plugin threw.', retryable: false },
  PLUGIN_SETUP_INVALID: { summary: 'The `setup` of a plugin returned other than it declared.', retryable: false },
  PLUGIN_START_FAILED: { summary: 'A plugin failed to start; what had started was stopped.', retryable: false },
  PLUGIN_START_ABORTED: { summary: 'The host was told to stop while plugins were starting.', retryable: false },
  PLUGIN_STOP_FAILED: { summary: 'The `stop` of a plugin rejected; the others were still stopped.', retryable: false },
  PLUGIN_STOP_TIMEOUT: { summary: 'The `stop` of a plugin did not end before its deadline.', retryable: false },
  PLUGIN_STATE_INVALID: { summary: 'The plugin kernel was asked for something out of order.', retryable: false },
});

export type ErrorCode = keyof typeof errorCodes;

/** Codes that were used by an earlier release. They stay reserved, so that an old code never gets a new meaning. */
export const retiredErrorCodes: readonly string[] = [];

/** Builds an error of this package's codes. */
export const coreError: ErrorFactory<ErrorCode> = createErrorFactory(errorCodes);
