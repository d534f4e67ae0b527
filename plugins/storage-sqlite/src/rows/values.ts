/** An instant as SQLite keeps it. */
export function toMs(instant: Date | undefined): number | null {
  return instant === undefined ? null : instant.getTime();
}

/** An instant as the domain has it. */
export function toInstant(ms: number | null): Date | undefined {
  return ms === null ? undefined : new Date(ms);
}

/** A list of texts as JSON. */
export function toJson(list: readonly string[] | undefined): string | null {
  return list === undefined ? null : JSON.stringify(list);
}

/** A list of texts from JSON. */
export function toList(json: string | null): readonly string[] | undefined {
  return json === null ? undefined : (JSON.parse(json) as readonly string[]);
}
