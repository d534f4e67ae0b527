/** One change of configuration, or one look at a secret: who did what to what, and when. Holds no secrets itself. */
export interface AuditEntry {
  /** `aud_…` */
  readonly id: string;
  readonly environmentId: string;
  /** The key it was done with. */
  readonly actorId: string;
  /** What was done, such as `applications.create`. */
  readonly action: string;
  /** What it was done to: the parameters of the path by name, and the id of what was made. */
  readonly target: Readonly<Record<string, string>>;
  /** What changed, as it was; absent when there was nothing before. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  /** What changed, as it is now; absent when there is nothing any more. */
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  /** Of the request, as in the log. */
  readonly requestId: string;
  /** Address of the caller. */
  readonly ip: string;
  readonly createdAt: Date;
}
