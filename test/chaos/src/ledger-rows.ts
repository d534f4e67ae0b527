/** What storage says of one delivery. */
export interface DeliveryRow {
  readonly id: string;
  readonly messageId: string;
  readonly endpointId: string;
  readonly trigger: string;
  readonly status: string;
  readonly reason: string | null;
  readonly attemptCount: number;
  readonly endedAtMs: number | null;
}

/** What storage says of one attempt. */
export interface AttemptRow {
  readonly messageId: string;
  readonly endpointId: string;
  readonly outcome: string;
}

/** Names one message at one endpoint. */
export const pairOf = (row: { readonly messageId: string; readonly endpointId: string }): string =>
  `${row.messageId}→${row.endpointId}`;
