import { writeFileSync } from 'node:fs';
import { renderCliReference } from '../cli/cli-reference.js';
import { renderConfigurationReference } from './configuration-reference.js';
import { renderExampleEnvironment } from './example-environment.js';

// Run by `pnpm docs:config`, after a build.
const root = new URL('../../../../', import.meta.url);
writeFileSync(new URL('docs/reference/configuration.md', root), renderConfigurationReference());
writeFileSync(new URL('.env.example', root), renderExampleEnvironment());
writeFileSync(new URL('docs/reference/cli.md', root), renderCliReference());
