/** How bad it is. */
export type AlertSeverity = 'warning' | 'critical';

/** A threshold that was exceeded for long enough. */
export interface Alert {
  /** Unique in this process, and unlikely to repeat in another: threshold, instant and a number. */
  readonly id: string;
  readonly thresholdId: string;
  readonly metric: string;
  /** The worst since it was raised; it does not become milder before it resolves. */
  readonly severity: AlertSeverity;
  /** The level of `severity`. */
  readonly level: number;
  /** What was measured when it was raised or last escalated. */
  readonly value: number;
  readonly raisedAt: Date;
  /** Absent while it lasts. */
  readonly resolvedAt?: Date | undefined;
  /** One sentence for people. */
  readonly message: string;
}
