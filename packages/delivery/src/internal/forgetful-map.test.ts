import { describe, expect, it } from 'vitest';
import { ForgetfulMap } from './forgetful-map.js';

const keptAtLeast = 1_024;

/** A map of flags that say whether they may be forgotten, with `count` entries that may not yet. */
function createMap(count: number) {
  const map = new ForgetfulMap<{ idle: boolean }>({ isForgettable: ({ idle }) => idle });
  const entries = Array.from({ length: count }, (_, n) => ({ key: `old ${n}`, value: { idle: false } }));
  for (const { key, value } of entries) map.set(key, value);
  return { map, entries };
}

describe('a forgetful map', () => {
  it('keeps what must not be forgotten, however much comes', () => {
    const { map, entries } = createMap(5_000);
    for (let n = 0; n < 5_000; n += 1) map.set(`new ${n}`, { idle: false });
    expect(map.size).toBe(10_000);
    for (const { key, value } of entries) expect(map.get(key)).toBe(value);
  });

  it('forgets what is idle as fast as others come, and leaves what is not', () => {
    const { map, entries } = createMap(5_000);
    for (const { value } of entries.slice(1)) value.idle = true;
    let largest = 0;
    for (let n = 0; n < 5_000; n += 1) {
      map.set(`new ${n}`, { idle: n % 2 === 0 });
      largest = Math.max(largest, map.size);
    }
    expect(largest).toBeLessThanOrEqual(5_000);
    expect(map.size).toBeLessThan(4_000);
    expect(map.get('old 0')).toBeDefined();
    expect(map.get('old 1')).toBeUndefined();
  });

  it('has an entry that was just set, and forgets nothing when that is not new', () => {
    const { map } = createMap(0);
    for (let n = 0; n < 3_000; n += 1) {
      map.set(`${n}`, { idle: true });
      expect(map.get(`${n}`)).toBeDefined();
    }
    const { size } = map;
    for (let n = 0; n < 3_000; n += 1) map.set('2999', { idle: true });
    expect(map.size).toBe(size);
  });

  it('keeps some in any case', () => {
    const { map } = createMap(0);
    for (let n = 0; n < keptAtLeast; n += 1) map.set(`${n}`, { idle: true });
    expect(map.size).toBe(keptAtLeast);
  });
});
