import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyMatcher, escapeKeyPattern } from './key-pattern.js';

const unit = fc.constantFrom('a', 'b', '*', '?', '\\', ':', '.');
const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));

/** The same rules as a regular expression, which is too slow for hostile patterns. */
function toRegExp(pattern: string): RegExp {
  const source = pattern.replaceAll(/\\(.)|\*|\?|[^*?]/gs, (token, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\x${escaped.charCodeAt(0).toString(16)}`;
    if (token === '*') return '.*';
    return token === '?' ? '.' : `\\x${token.charCodeAt(0).toString(16)}`;
  });
  return new RegExp(`^${source}$`, 's');
}

it('agrees with the regular expression of any pattern', () => {
  fc.assert(
    fc.property(text, text, (pattern, key) => {
      expect(createKeyMatcher(pattern)(key)).toBe(toRegExp(pattern).test(key));
    }),
    { numRuns: 5_000 },
  );
});

it('an escaped text matches itself, and nothing else', () => {
  fc.assert(
    fc.property(text, text, (wanted, other) => {
      const matches = createKeyMatcher(escapeKeyPattern(wanted));
      expect(matches(wanted)).toBe(true);
      expect(matches(other)).toBe(other === wanted);
    }),
    { numRuns: 1_000 },
  );
});

it('takes no longer for hostile patterns than their lengths allow', () => {
  // A backtracking expression would need longer than the age of the universe.
  expect(createKeyMatcher(`${'*a'.repeat(50)}b`)('a'.repeat(5_000))).toBe(false);
});

it('knows no other special characters', () => {
  expect(createKeyMatcher('[ab]{c}+.$^|')('[ab]{c}+.$^|')).toBe(true);
  expect(createKeyMatcher('[ab]')('a')).toBe(false);
  expect(createKeyMatcher('end\\')('end\\')).toBe(true);
});
