import { defineExtensionPoint } from '@postrider/core';
import type { Alert } from '../alerts/alert.js';

/** Something that people or systems should hear of. */
export interface AlertEvent {
  /** `escalated`: the alert was a warning and is critical now. */
  readonly kind: 'raised' | 'escalated' | 'resolved';
  readonly alert: Alert;
}

/** A way to tell people or systems about alerts. */
export interface AlertChannel {
  /** For the log, when it fails. */
  readonly name: string;
  /**
   * Passes an event on. Called once for each, in order, never twice at a time. A rejection is logged and not tried again; `signal`
   * aborts after 10 s, and then the next event comes.
   */
  notify(event: AlertEvent, params: { readonly signal: AbortSignal }): Promise<void>;
}

/** The channels that plugins contribute. */
export const AlertChannels = defineExtensionPoint<AlertChannel>({ id: 'postrider.metrics.alert-channels' });
