/** Many ask for the same subscriptions; they are loaded once, and again after they were changed. */
import { cacheKey, createMemoryCache } from '@postrider/cache';

const cache = createMemoryCache({ maxEntries: 1_000, defaultTtl: '5m', maxMemoryMb: 10 });
let loads = 0;
const loadSubscriptions = (applicationId: string) =>
  cache.getOrSet(cacheKey('subscriptions', applicationId), {
    load: async () => {
      loads += 1;
      return ['invoice.paid', 'invoice.void'];
    },
    tags: [`app:${applicationId}`],
  });

await Promise.all(Array.from({ length: 100 }, () => loadSubscriptions('app_1')));
console.log(`100 callers, ${loads} load`);
await cache.invalidateByTag({ tag: 'app:app_1' });
await loadSubscriptions('app_1');
await loadSubscriptions('app_1');
const { entries, hits } = await cache.statistics();
console.log(`${loads} loads after a change, ${hits} hit, ${entries} entry`);
