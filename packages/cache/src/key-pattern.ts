/** Tells whether a key matches the pattern it was made from. */
export type KeyMatcher = (key: string) => boolean;

/**
 * A matcher for a glob over whole keys: `*` stands for any number of characters (also none; `:` and `/` are nothing
 * special), `?` for one UTF-16 unit, and `\` takes the next character literally. Everything else is itself. Matching
 * takes at most key length × pattern length steps, whatever the pattern.
 */
export function createKeyMatcher(pattern: string): KeyMatcher {
  const tokens = tokenize(pattern);
  return (key) => matches(key, tokens);
}

/** A pattern that matches exactly this text: for building patterns from ids and keys. */
export function escapeKeyPattern(text: string): string {
  return text.replaceAll(/[*?\\]/g, String.raw`\$&`);
}

const anyRun = Symbol('*');
const anyUnit = Symbol('?');
type Token = string | typeof anyRun | typeof anyUnit;

function tokenize(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length; index += 1) {
    const unit = pattern.charAt(index);
    if (unit === '*') {
      if (tokens.at(-1) !== anyRun) tokens.push(anyRun);
    } else if (unit === '?') {
      tokens.push(anyUnit);
    } else if (unit === '\\' && index + 1 < pattern.length) {
      index += 1;
      tokens.push(pattern.charAt(index));
    } else {
      tokens.push(unit);
    }
  }
  return tokens;
}

// Only the last `*` is ever widened: what an earlier one matched can stay, because the later one can absorb the rest.
function matches(key: string, tokens: readonly Token[]): boolean {
  let keyIndex = 0;
  let tokenIndex = 0;
  let runTokenIndex = -1;
  let runKeyIndex = 0;
  while (keyIndex < key.length) {
    const token = tokens[tokenIndex];
    if (token === anyRun) {
      runTokenIndex = tokenIndex;
      runKeyIndex = keyIndex;
      tokenIndex += 1;
    } else if (token === anyUnit || token === key.charAt(keyIndex)) {
      tokenIndex += 1;
      keyIndex += 1;
    } else if (runTokenIndex !== -1) {
      runKeyIndex += 1;
      keyIndex = runKeyIndex;
      tokenIndex = runTokenIndex + 1;
    } else {
      return false;
    }
  }
  while (tokens[tokenIndex] === anyRun) tokenIndex += 1;
  return tokenIndex === tokens.length;
}
