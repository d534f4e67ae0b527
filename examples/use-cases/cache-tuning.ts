/** Which caches of the server are hit by less than 80 % of their calls, and what to do about it. */
import { complain, percent, read } from './server-api.ts';

interface CacheStatistics {
  readonly name: string;
  readonly hits: number;
  readonly misses: number;
  readonly hitRate: number | null;
  readonly evictions: number | null;
  readonly expirations: number | null;
}

const { data } = await read<{ data: CacheStatistics[] }>('/cache/stats');
for (const { name, hits, misses, hitRate, evictions, expirations } of data) {
  console.log(`cache ${name}: ${hits} hits, ${misses} misses`);
  if (hitRate === null || hitRate >= 0.8) continue;
  complain(`warning: cache ${name} has a hit rate of ${percent(hitRate)}, expected 80 %`);
  console.log(`  ${adviceFor({ evictions, expirations })}`);
}

function adviceFor({ evictions, expirations }: Pick<CacheStatistics, 'evictions' | 'expirations'>): string {
  if ((evictions ?? 0) > (expirations ?? 0)) return 'entries make room for others: give it more entries or memory';
  if ((expirations ?? 0) > 0) return 'entries expire before they are used again: give them more time';
  return 'it holds all that it was asked for: look again when there was more traffic';
}
