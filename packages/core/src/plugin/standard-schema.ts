/**
 * The part of Standard Schema version 1 (standardschema.dev) that Postrider uses, declared here so that neither this
 * package nor a plugin depends on a validation library. Schemas of zod, valibot, arktype and others fit.
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    /** May be asynchronous: Postrider awaits the result. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  /** Where in the value, outermost first. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** An issue as one line of text: `option "pool.max": expected a number`. */
export function describeIssue(issue: StandardIssue): string {
  const path = (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
  return path.length === 0 ? issue.message : `option "${path.join('.')}": ${issue.message}`;
}
