/** Writes src/generated/schema.ts from docs/reference/openapi.json. Run by `pnpm --filter @postrider/client generate`. */
import { writeFileSync } from 'node:fs';
import { generatedPath, renderSchema } from './render-schema.ts';

writeFileSync(generatedPath, await renderSchema());
