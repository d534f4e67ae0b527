import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { silentLogger, systemClock, systemRandom } from '@postrider/core';
import { loadConfig } from '../config/load-config.js';
import { createServer } from '../server.js';
import { serverVersion } from '../server-version.js';
import { buildOpenApiDocument } from './build-document.js';

// Run by `pnpm docs:openapi`, after a build. Nothing is started: the routes are known once the server is wired.
const path = new URL('../../../../docs/reference/openapi.json', import.meta.url);

async function write(): Promise<void> {
  const { app } = await createServer({
    config: loadConfig({}),
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    announceKey: () => undefined,
  });
  writeFileSync(path, `${JSON.stringify(buildOpenApiDocument(app, serverVersion), undefined, 2)}\n`);
}

void write();
