import { describe, expect, it } from 'vitest';
import { RecentEvents } from './recent-events.js';

const event = (id: string) => ({ id, type: 'attempt', data: {} });

describe('the last events', () => {
  it('gives back what came after one of them, and shortly before it, and knows what it does not know', () => {
    const recent = new RecentEvents();
    for (const [id, at] of Object.entries({ a: 0, b: 1_999, c: 3_000, d: 4_000 })) recent.add(event(id), at);
    const after = (id: string) => recent.after(id)?.map((each) => each.id);
    expect(after('d')).toEqual(['c']);
    expect(after('c')).toEqual(['b', 'd']);
    expect(after('a')).toEqual(['b', 'c', 'd']);
    expect(after('x')).toBeUndefined();
  });

  it('keeps each once, and the last 2 000', () => {
    const recent = new RecentEvents();
    for (let n = 0; n < 2_001; n += 1) expect(recent.add(event(`e${n}`), n)).toBe(true);
    expect(recent.add(event('e2000'), 5_000)).toBe(false);
    expect(recent.after('e0')).toBeUndefined();
    expect(recent.after('e1')).toHaveLength(1_999);
  });
});
