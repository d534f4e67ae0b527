import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areCurrent, TagGenerations } from './tag-generations.js';

it('an invalidation ends what is held, and not what is held later', () => {
  const tags = new TagGenerations();
  const before = tags.hold(['a', 'b']);
  tags.invalidate('a');
  const after = tags.hold(['a']);
  expect(areCurrent(before)).toBe(false);
  expect(areCurrent(after)).toBe(true);
  tags.release(before);
  tags.invalidate('a');
  expect(areCurrent(after)).toBe(false);
});

it('nothing is remembered of tags that nobody holds, whatever the history', () => {
  const step = fc.record({
    tags: fc.array(fc.constantFrom('a', 'b', 'c')),
    invalidated: fc.option(fc.constantFrom('a', 'b')),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const tags = new TagGenerations();
      const held = steps.map(({ tags: names, invalidated }) => {
        const generations = tags.hold(names);
        if (invalidated !== null) tags.invalidate(invalidated);
        return generations;
      });
      for (const generations of held) tags.release(generations);
      expect(tags.size).toBe(0);
    }),
  );
});
