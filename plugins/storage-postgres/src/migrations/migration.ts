/** One forward step of the schema. Numbers ascend, with or without gaps; a step that was released is never changed. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** Whether binaries that do not know the step must not touch the data any more. */
  readonly breaking: boolean;
  readonly sql: string;
}
