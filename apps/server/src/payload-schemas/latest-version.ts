const byVersion = new Intl.Collator('en', { numeric: true });

/** The schema whose version is the highest: 10 comes after 9. */
export function latestVersionOf(
  schemas: Readonly<Record<string, unknown>> | undefined,
): { readonly version: string; readonly schema: unknown } | undefined {
  const version = Object.keys(schemas ?? {})
    .sort(byVersion.compare)
    .at(-1);
  return version === undefined ? undefined : { version, schema: schemas?.[version] };
}
