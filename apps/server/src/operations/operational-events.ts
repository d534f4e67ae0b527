/** What operators can be told of, and subscribe to. */
export const operationalEventTypes = [
  'alert.raised',
  'alert.escalated',
  'alert.resolved',
  'endpoint.created',
  'endpoint.updated',
  'endpoint.deleted',
  'endpoint.failing',
  'endpoint.disabled',
  'health.changed',
  'message.attempt.exhausted',
  'message.dead_letter',
] as const;

export type OperationalEventType = (typeof operationalEventTypes)[number];

/** Something that operators should hear of. */
export interface OperationalEvent {
  readonly type: OperationalEventType;
  /** Absent for what concerns the whole instance. */
  readonly environmentId?: string | undefined;
  /** Plain data without secrets. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Where the parts of the server say what operators should hear of. */
export abstract class OperationalEvents {
  /** Passes the event on in the background. Never throws. */
  abstract emit(event: OperationalEvent): void;

  /** Resolves once everything was passed on, or after 2 s. */
  abstract flush(): Promise<void>;
}
