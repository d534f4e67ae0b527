/** Work that is done again and again, by one replica at a time. */
export interface ScheduledJob {
  /** Names the job in logs, in health and in the store: the same in all replicas. */
  readonly name: string;
  /** How long the work may take, in milliseconds. Past it another replica may begin, because this one looks dead. */
  readonly leaseMs: number;
  /**
   * How soon after its beginning the work may begin again anywhere, in milliseconds: shorter than the interval of the
   * trigger, longer than the clocks of replicas differ.
   */
  readonly restMs: number;
  /** Does the work; what it returns is logged. It stays right when two replicas do it at once. */
  run(): Promise<Readonly<Record<string, unknown>>>;
}

/** What this process knows about a job. */
export interface JobState {
  readonly name: string;
  readonly running: boolean;
  /** When this process last did the work; absent when it never did. */
  readonly lastSuccessAt?: Date | undefined;
  /** When the work last failed in this process; absent once it has succeeded again. */
  readonly failingSince?: Date | undefined;
  /** When another replica was last found to have the job; absent when none ever was. */
  readonly heldElsewhereAt?: Date | undefined;
}
