import { FakeClock } from '@postrider/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Circuit } from './circuit.js';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('enter', 'succeed', 'fail') },
  { weight: 1, arbitrary: fc.constant('second') },
);

describe('Circuit', () => {
  it('opens at the third failure in a row, and lets one call probe each second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = new FakeClock();
        const circuit = new Circuit(clock);
        const answers: [found: boolean, expected: boolean][] = [];
        let inside = 0;
        let failures = 0;
        let closedAgainAtMs = 0;
        let isProbing = false;
        for (const action of steps) {
          if (action === 'second') await clock.advance(1_000);
          else if (action === 'enter') {
            const mayProbe = !isProbing && clock.monotonicMs() >= closedAgainAtMs;
            const isExpected = failures < 3 || mayProbe;
            answers.push([circuit.tryEnter(), isExpected]);
            if (isExpected) inside += 1;
            if (isExpected && failures >= 3) isProbing = true;
          } else if (inside > 0) {
            inside -= 1;
            isProbing = false;
            failures = action === 'fail' ? failures + 1 : 0;
            if (failures >= 3) closedAgainAtMs = clock.monotonicMs() + 1_000;
            if (action === 'fail') circuit.failed();
            else circuit.succeeded();
          }
          answers.push([circuit.isClosed, failures < 3]);
        }
        for (const [found, expected] of answers) expect(found).toBe(expected);
      }),
    );
  });
});
