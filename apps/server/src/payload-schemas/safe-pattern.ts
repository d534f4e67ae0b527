import { RE2JS } from 're2js';
import { safeRegex } from 'safe-regex2';
import { spend } from './work-limit.js';

const maxLength = 512;
/** Instructions of the compiled pattern: more make its automaton slow to build. */
const maxProgramSize = 512;
/** Instructions that one unit of work for each character stands for: see `withWorkLimit`. */
const instructionsPerUnit = 32;

/** A regular expression whose matching takes time in proportion to the text, whatever the expression. */
export interface SafePattern {
  test(text: string): boolean;
  /** The expression: validators tell patterns apart by it. */
  toString(): string;
}

/** Why a regular expression is not used; `undefined` when it is. */
export function findPatternFault(source: string): string | undefined {
  if (source.length > maxLength) return `The pattern is longer than ${maxLength} characters.`;
  if (!safeRegex(source)) {
    return 'The pattern could take exponential time, or is no regular expression: no repetition may be inside of another.';
  }
  try {
    const size = compile(source).programSize();
    return size > maxProgramSize ? 'The pattern is too large: repeat less often.' : undefined;
  } catch {
    return 'The pattern is no regular expression, or uses look-around or back references, which are not supported.';
  }
}

/** Compiles a pattern that has no fault. */
export function compilePattern(source: string): SafePattern {
  const pattern = compile(source);
  const cost = Math.ceil(pattern.programSize() / instructionsPerUnit);
  return {
    test: (text) => {
      spend(1 + text.length * cost);
      return pattern.test(text);
    },
    toString: () => source,
  };
}

function compile(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source));
}
