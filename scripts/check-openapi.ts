/**
 * Refuses changes of the HTTP API that break programs written for the last release, unless a changeset announces them.
 * `--release` makes the document of today that of the last release; `pnpm release:version` does it.
 */
import { copyFileSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announcesBreak } from '../test/release/openapi/announced-break.ts';
import { findBreakingChanges } from '../test/release/openapi/breaking-changes.ts';
import type { OpenApiDocument } from '../test/release/openapi/document.ts';
import { root } from './workspace.ts';

const today = 'docs/reference/openapi.json';
const released = 'docs/reference/openapi.released.json';
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readDocument = (file: string): OpenApiDocument => JSON.parse(read(file)) as OpenApiDocument;

if (process.argv.includes('--release')) copyFileSync(join(root, today), join(root, released));
else check();

function check(): void {
  const changes = findBreakingChanges({ before: readDocument(released), after: readDocument(today) });
  if (changes.length === 0) return;
  const { version } = JSON.parse(read('apps/server/package.json')) as { version: string };
  const isAnnounced = globSync('.changeset/*.md', { cwd: root }).some((file) => announcesBreak(read(file), version));
  console.error(changes.join('\n'));
  if (isAnnounced) return;
  console.error(
    `${String(changes.length)} changes break programs that were written for the last release. Where they are meant, a ` +
      'changeset of @postrider/server says so in a paragraph that begins with "Breaking: " (major, or minor before 1.0).',
  );
  process.exitCode = 1;
}
