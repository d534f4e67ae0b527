/** Writes the dashboards of docker/observability; `--check` only says whether they are up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.ts';
import { toGrafana } from './dashboard.ts';
import { dashboards } from './dashboards.ts';

const folder = join(root, 'docker/observability/grafana/dashboards');
const onlyChecks = process.argv.includes('--check');

for (const dashboard of dashboards) {
  const path = join(folder, `${dashboard.id}.json`);
  const text = `${JSON.stringify(toGrafana(dashboard), undefined, 2)}\n`;
  if (!onlyChecks) {
    writeFileSync(path, text);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is out of date: run pnpm fix:dashboards`);
    process.exitCode = 1;
  }
}
