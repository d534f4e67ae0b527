import { writeFileSync } from 'node:fs';
import { renderConfigurationReference } from './configuration-reference.js';

// Run by `pnpm docs:config`, after a build.
const path = new URL('../../../../docs/reference/configuration.md', import.meta.url);
writeFileSync(path, renderConfigurationReference());
