import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIdGenerator, idPrefixes, idTime, isId, lowestIdAt, parseId, type IdPrefix } from './ids.js';
import { createSeededRandom } from './testing/seeded-random.js';
import { FakeClock } from './testing/fake-clock.js';

const firstMs = 1_400_000_000_000;
const lastMs = firstMs + 2 ** 32 * 1000 - 1;
const prefix = fc.constantFrom(...idPrefixes);
const instantMs = fc.integer({ min: firstMs, max: lastMs });

/** The plain definition, to compare with: the 20 bytes as one number in base 62. */
function referenceTime(id: string, idPrefix: IdPrefix): number {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let value = 0n;
  for (const character of id.slice(idPrefix.length)) value = value * 62n + BigInt(alphabet.indexOf(character));
  const seconds = Number(value >> 128n) + 1_400_000_000;
  const ticks = Number((value >> 112n) & 0xffffn);
  return seconds * 1000 + Math.floor((ticks * 1000) / 65_536);
}

function generatorAt(startMs: number, seed = 1) {
  const clock = new FakeClock({ startAt: new Date(startMs) });
  return { clock, ids: createIdGenerator({ clock, random: createSeededRandom(seed) }) };
}

describe('createIdGenerator', () => {
  it('makes ids that carry their kind and their instant', () => {
    fc.assert(
      fc.property(prefix, instantMs, fc.integer(), (kind, atMs, seed) => {
        const id = generatorAt(atMs, seed).ids.next(kind);
        expect(id).toMatch(/^[a-z]+_[0-9A-Za-z]{27}$/);
        expect(parseId(id)).toEqual({ prefix: kind, at: new Date(atMs) });
        expect(idTime(id).getTime()).toBe(atMs);
        expect(referenceTime(id, kind)).toBe(atMs);
      }),
    );
  });

  it('sorts ids of different generators by time', () => {
    fc.assert(
      fc.property(instantMs, instantMs, fc.integer(), fc.integer(), (leftMs, rightMs, leftSeed, rightSeed) => {
        fc.pre(leftMs !== rightMs);
        const left = generatorAt(leftMs, leftSeed).ids.next('msg_');
        const right = generatorAt(rightMs, rightSeed).ids.next('msg_');
        expect(left < right).toBe(leftMs < rightMs);
      }),
    );
  });

  it('strictly increases whatever the clock does', async () => {
    const jumps = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(jumps, (jumpsMs) => {
        const { clock, ids } = generatorAt(1_790_000_000_000);
        let last = ids.next('dlv_');
        for (const jumpMs of jumpsMs) {
          clock.setWallClock(new Date(clock.nowMs() + jumpMs));
          const id = ids.next('dlv_');
          expect(id > last).toBe(true);
          last = id;
        }
      }),
    );
  });

  it('never repeats itself within one instant, over many batches of random bytes', () => {
    const { ids } = generatorAt(1_790_000_000_000);
    const made = Array.from({ length: 20_000 }, () => ids.next('msg_'));
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });

  it('fills the same instant of two generators with different ids', () => {
    const left = generatorAt(1_790_000_000_000, 1).ids.next('msg_');
    const right = generatorAt(1_790_000_000_000, 2).ids.next('msg_');
    expect(left).not.toBe(right);
    expect(left.slice(0, 12)).toBe(right.slice(0, 12));
  });

  it('keeps increasing on a clock outside the range of the layout', () => {
    const { ids } = generatorAt(0);
    const first = ids.next('msg_');
    expect(ids.next('msg_') > first).toBe(true);
    expect(idTime(first).getTime()).toBe(firstMs);
  });
});

describe('lowestIdAt', () => {
  it('separates the ids made before an instant from those made at or after it', () => {
    fc.assert(
      fc.property(instantMs, fc.integer({ min: -3, max: 3 }), fc.integer(), (boundMs, offsetMs, seed) => {
        fc.pre(boundMs + offsetMs >= firstMs && boundMs + offsetMs <= lastMs);
        const bound = lowestIdAt({ prefix: 'atmpt_', at: new Date(boundMs) });
        const id = generatorAt(boundMs + offsetMs, seed).ids.next('atmpt_');
        expect(id >= bound).toBe(offsetMs >= 0);
        expect(idTime(bound).getTime()).toBe(boundMs);
      }),
    );
  });

  it.each([
    ['before the first second', new Date(0), new Date(firstMs)],
    ['after the last second', new Date(lastMs + 5_000), new Date(lastMs)],
  ])('stays within the layout %s', (_, at, expected) => {
    expect(idTime(lowestIdAt({ prefix: 'msg_', at }))).toEqual(expected);
  });
});

describe('recognising ids', () => {
  const valid = generatorAt(1_790_000_000_000).ids.next('msg_');

  it.each([
    ['another kind', valid.replace('msg_', 'ep_')],
    ['one character short', valid.slice(0, -1)],
    ['one character long', `${valid}0`],
    ['a character outside base62', `${valid.slice(0, -1)}-`],
    ['a trailing line break', `${valid.slice(0, -1)}\n`],
    ['a number above 20 bytes', 'msg_aWgEPTl1tmebfsQzFP4bxwgy80W'],
    ['no prefix', valid.slice(4)],
    ['nothing', ''],
    ['no string', 42],
  ])('refuses %s', (_, value) => {
    expect(isId(value, 'msg_')).toBe(false);
  });

  it('accepts the smallest and the largest number that 20 bytes hold', () => {
    expect(isId('msg_000000000000000000000000000', 'msg_')).toBe(true);
    expect(isId('msg_aWgEPTl1tmebfsQzFP4bxwgy80V', 'msg_')).toBe(true);
  });

  it('tells in plain words why a text has no time', () => {
    expect(() => idTime('msg_short')).toThrow('"msg_short" is not an identifier: expected one of app_, ep_');
    expect(() => idTime('msg_short')).toThrow(expect.objectContaining({ code: 'ID_INVALID' }));
  });
});
