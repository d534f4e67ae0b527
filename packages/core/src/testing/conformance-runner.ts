/**
 * What a conformance suite needs of a test runner. The functions of vitest, node:test, Jest and Mocha fit as they
 * are: `{ describe, it, beforeAll, afterAll }` (in Mocha and node:test the hooks are called `before` and `after`).
 */
export interface ConformanceRunner {
  readonly describe: (name: string, body: () => void) => void;
  readonly it: (name: string, body: () => Promise<void>) => void;
  readonly beforeAll: (body: () => Promise<void>) => void;
  readonly afterAll: (body: () => Promise<void>) => void;
}
