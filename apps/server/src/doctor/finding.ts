/** What one look at an installation told. */
export interface Finding {
  /** What was looked at, such as `clock`. */
  readonly check: string;
  /** `problem`: something does not work or will not; `advice`: it works, but should be otherwise; `skipped`: not seen. */
  readonly level: 'fine' | 'advice' | 'problem' | 'skipped';
  readonly found: string;
  /** What to do about it; absent when it is fine. */
  readonly next?: string | undefined;
}
