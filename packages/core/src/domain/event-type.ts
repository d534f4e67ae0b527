/** A dotted name such as `invoice.paid` that a message carries and endpoints subscribe to. */
export interface EventType {
  readonly environmentId: string;
  /** Unique in the environment. */
  readonly name: string;
  readonly description: string;
  readonly deprecated: boolean;
  /** Hidden from lists and closed to new subscriptions, kept for history. */
  readonly archived: boolean;
  /** JSON Schemas of the payload by version, as given. */
  readonly schemas?: Readonly<Record<string, unknown>> | undefined;
  readonly featureFlags?: readonly string[] | undefined;
  readonly groupName?: string | undefined;
  /** Rises by one with every change; the compare-and-set token of `replaceEventType`. Starts at 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
