import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countDuration, toHistogram, type DurationBins } from './duration-bins.js';
import { durationBin } from './duration-histogram.js';

const durationMs = fc.oneof(fc.double({ min: 0, max: 30_000, noNaN: true }), fc.constantFrom(0, 0.99, 1, 1.01, 250));

it('counts as an object with bins for keys does', () => {
  fc.assert(
    fc.property(fc.array(durationMs, { maxLength: 200 }), (durationsMs) => {
      const bins: DurationBins = [];
      const expected: Record<string, number> = {};
      for (const one of durationsMs) {
        countDuration(bins, one);
        const bin = String(durationBin(one));
        expected[bin] = (expected[bin] ?? 0) + 1;
      }
      expect(toHistogram(bins)).toEqual(expected);
      expect(bins.every((number) => Number.isInteger(number) && !Object.is(number, -0))).toBe(true);
    }),
  );
});
