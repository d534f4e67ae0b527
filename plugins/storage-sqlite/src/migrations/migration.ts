/** One forward step of the schema. A released migration never changes; a mistake is corrected by the next one. */
export interface Migration {
  /** Ascending; there may be gaps. Each number that the database does not have yet is applied. */
  readonly number: number;
  readonly name: string;
  /**
   * Whether binaries that do not know this migration would misread or damage the data. They refuse to open the store
   * then (`STORAGE_SCHEMA_TOO_NEW`); after a compatible one they only warn.
   */
  readonly breaking: boolean;
  /** One or more statements. Run, with the record of the migration, in one transaction. */
  readonly sql: string;
}
