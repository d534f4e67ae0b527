const redacted = '[redacted]';
const secretNames = /secret|password|token|authorization|^keys?$|^hash$/i;
/** Change with every write and tell nothing. */
const dullNames = new Set(['version', 'updatedAt', 'environmentId']);

export type Facts = Readonly<Record<string, unknown>>;

/** The members in which the two records differ, each as it was and as it is, without secrets. */
export function toFacts(change: { readonly before?: object | undefined; readonly after?: object | undefined }): {
  readonly before?: Facts | undefined;
  readonly after?: Facts | undefined;
} {
  const before = change.before && visible(change.before);
  const after = change.after && visible(change.after);
  if (before === undefined || after === undefined) return { before, after };
  // Compared before redaction: that a secret was changed is worth knowing.
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(memberOf(change.before, name)) !== JSON.stringify(memberOf(change.after, name)),
  );
  return { before: pick(before, names), after: pick(after, names) };
}

function memberOf(record: object | undefined, name: string): unknown {
  return record === undefined ? undefined : (record as Facts)[name];
}

function pick(facts: Facts, names: readonly string[]): Facts {
  return Object.fromEntries(names.filter((name) => name in facts).map((name) => [name, facts[name]]));
}

function visible(record: object): Facts {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name, value]) => value !== undefined && !dullNames.has(name))
      .map(([name, value]: [string, unknown]) => [name, toVisible(name, value)]),
  );
}

function toVisible(name: string, value: unknown): unknown {
  if (secretNames.test(name)) return redacted;
  // Which headers are set is configuration, what they say may be a credential.
  if (name === 'headers' && typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.keys(value).map((header) => [header, redacted]));
  }
  if (name === 'url' && typeof value === 'string') return withoutQuery(value);
  return value instanceof Date ? value.toISOString() : value;
}

/** Receivers are known to take their credentials in the query. */
function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : `${url.slice(0, end)}?${redacted}`;
}
