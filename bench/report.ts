/**
 * Writes the report of a run that was measured before, or of one that still goes on.
 *
 *   node bench/report.ts                                    bench/results/full.json → docs/reference
 *   node bench/report.ts --from=FILE --to=DIRECTORY
 */
import { parseArgs } from 'node:util';
import { listVerdicts, writeReport } from './src/report/write-report.ts';
import { loadRun } from './src/run/results.ts';

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: new URL('results/full.json', import.meta.url).pathname },
    to: { type: 'string', default: new URL('../docs/reference', import.meta.url).pathname },
  },
});
const run = loadRun(values.from);
if (run === undefined) throw new Error(`There is no ${values.from}: run pnpm bench:full, or name another file.`);
writeReport(values.to, run);
console.log(listVerdicts(run).join('\n'));
