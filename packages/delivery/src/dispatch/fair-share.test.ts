import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShare } from './fair-share.js';

/** Users that each take one unit per round as long as their share allows it, until nobody can take more. */
function saturate(params: { readonly users: number; readonly pool: number; readonly cap: number }): number[] {
  const held = Array.from({ length: params.users }, () => 0);
  let free = params.pool;
  for (let taken = true; taken;) {
    taken = false;
    for (const [user, count] of held.entries()) {
      if (free === 0 || count >= fairShare({ cap: params.cap, free })) continue;
      held[user] = count + 1;
      free -= 1;
      taken = true;
    }
  }
  return held;
}

describe('fair share', () => {
  it('lets a single user reach its cap', () => {
    expect(saturate({ users: 1, pool: 256, cap: 32 })).toEqual([32]);
  });

  it('leaves room to newcomers beside eight users that take all they can', () => {
    const held = saturate({ users: 8, pool: 256, cap: 256 });
    expect(256 - held.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(256 / (1 + 8 / 4) - 8);
  });

  it('serves users of equal greed alike, gives each at least one as long as there is any, and never overdraws', () => {
    const sizes = fc.record({
      users: fc.integer({ min: 1, max: 60 }),
      pool: fc.integer({ min: 1, max: 500 }),
      cap: fc.integer({ min: 1, max: 64 }),
    });
    fc.assert(
      fc.property(sizes, (size) => {
        const held = saturate(size);
        const total = held.reduce((sum, count) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(size.pool);
        expect(Math.max(...held)).toBeLessThanOrEqual(size.cap);
        expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
        expect(held.filter((count) => count > 0)).toHaveLength(Math.min(size.users, size.pool));
      }),
    );
  });
});
