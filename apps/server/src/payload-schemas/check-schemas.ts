import { invalidAt } from '../http/api-error.js';
import { compilePayloadSchema } from './compile-payload-schema.js';

const maxVersions = 20;

/** 422 `invalid_schema`, naming the place, unless every version can be used to check payloads. */
export function checkSchemas(
  schemas: Readonly<Record<string, unknown>> | undefined,
  loc: readonly (string | number)[] = ['body', 'schemas'],
): void {
  const versions = Object.entries(schemas ?? {});
  if (versions.length > maxVersions) {
    throw invalidAt(loc, `Found ${versions.length} versions; at most ${maxVersions} are kept.`, 'invalid_schema');
  }
  for (const [version, schema] of versions) {
    const compiled = compilePayloadSchema(schema);
    if (compiled.ok) continue;
    const { path, message } = compiled.fault;
    throw invalidAt([...loc, version, ...path], message, 'invalid_schema');
  }
}
