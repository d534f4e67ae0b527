/**
 * Compares two runs: the second ÷ the first, for every figure that both have, where the medians differ by more than the
 * given share. Only runs of the same machine under the same load can be compared.
 *
 *   node bench/compare.ts before.json after.json --above=0.1
 */
import { parseArgs } from 'node:util';
import { loadRun } from './src/run/results.ts';
import { median } from './src/statistics.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { above: { type: 'string', default: '0.1' } },
});
const [before, after] = positionals.map(loadRun);
if (before === undefined || after === undefined) throw new Error('Give two files of results that exist.');
const above = Number(values.above);
for (const [scenario, { rows }] of Object.entries(after.scenarios)) {
  for (const [row, samples] of Object.entries(rows)) {
    for (const [metric, now] of Object.entries(samples)) {
      const then = before.scenarios[scenario]?.rows[row]?.[metric];
      if (then === undefined) continue;
      const ratio = median(now) / median(then);
      if (Math.abs(ratio - 1) > above) console.log(`${scenario}, ${row}, ${metric}: × ${ratio.toFixed(2)}`);
    }
  }
}
