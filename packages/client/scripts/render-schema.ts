import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const packageFolder = join(import.meta.dirname, '..');

/** Where the generated types are. */
export const generatedPath = join(packageFolder, 'src/generated/schema.ts');

/** The types of the OpenAPI document, as source text. */
export async function renderSchema(): Promise<string> {
  const document = readFileSync(join(packageFolder, '../../docs/reference/openapi.json'), 'utf8');
  return `// Generated from docs/reference/openapi.json. Do not edit.\n${astToString(await openapiTS(document))}`;
}
