import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxRingBytes, StepRing } from './step-ring.js';

it('remembers exactly what was written in the last steps, and never shows older numbers as newer ones', () => {
  const jump = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 400 }), fc.nat({ max: 5000 }));
  const writes = fc.array(fc.tuple(jump, fc.double({ noNaN: true })), { maxLength: 60 });
  fc.assert(
    fc.property(writes, fc.integer({ min: 1, max: 1500 }), (given, capacitySteps) => {
      const ring = new StepRing({ capacitySteps, width: 2, empty: -1 });
      const model = new Map<number, number>();
      let step = 0;
      for (const [forward, value] of given) {
        step += forward;
        ring.set(step, [value, step]);
        model.set(step, value);
      }
      for (let back = 0; back < capacitySteps && back <= step; back += 1) {
        const value = model.get(step - back);
        expect(ring.get(step - back, 0)).toBe(value ?? -1);
        expect(ring.get(step - back, 1)).toBe(value === undefined ? -1 : step - back);
      }
    }),
    { numRuns: 50 },
  );
});

it('has a bound in bytes', () => {
  // A day of steps of 10 s is 24 hours, and one hour more is begun.
  expect(maxRingBytes({ capacitySteps: 8640, width: 1 })).toBe(25 * 360 * 8);
});
