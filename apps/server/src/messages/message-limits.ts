/** Bounds that the configuration sets. */
export interface MessageLimits {
  readonly payloadMaxBytes: number;
  /** How long messages are kept. */
  readonly retentionDays: number;
}

/** Provides the `MessageLimits`. */
export const MESSAGE_LIMITS = Symbol('postrider.message-limits');
