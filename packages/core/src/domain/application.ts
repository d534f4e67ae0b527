/** One customer of an environment: the owner of endpoints and messages. */
export interface Application {
  /** `app_…` */
  readonly id: string;
  readonly environmentId: string;
  /** The adopter's own name for it, unique in the environment; accepted wherever the id is. */
  readonly uid?: string | undefined;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Upper bound of requests per second over all endpoints of the application; unlimited when absent. */
  readonly throttleRate?: number | undefined;
  /** Rises by one with every change; the compare-and-set token of `replaceApplication`. Starts at 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
