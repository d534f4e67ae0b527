/** Bounds that the configuration sets, and how close the store is to one of them. */
export interface MessageLimits {
  readonly payloadMaxBytes: number;
  /** How long messages are kept. */
  readonly retentionDays: number;
  /** See `QueueLevel.isFull`. */
  readonly isQueueFull: () => boolean;
  /** See `QueueLevel.isFullFor`. */
  readonly isApplicationFull: (applicationId: string) => boolean;
}

/** Provides the `MessageLimits`. */
export const MESSAGE_LIMITS = Symbol('postrider.message-limits');
