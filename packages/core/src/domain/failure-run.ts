/** An endpoint fails, and has not succeeded since. */
export interface FailureRun {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  /** When the first attempt of the run failed. */
  readonly failingSince: Date;
  /** How often somebody was told of it. */
  readonly notices: number;
}

/** What an attempt says about the run of its endpoint. */
export interface FailureSign {
  readonly applicationId: string;
  readonly endpointId: string;
  /** When it failed: a run begins, unless one is under way. Absent when it succeeded: a run that is under way ends. */
  readonly failedAt?: Date | undefined;
}
