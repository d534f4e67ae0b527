import type { ConformanceRunner } from './conformance-runner.js';

/** What became of one case; `error` is absent when it passed. */
export interface CaseResult {
  /** The names of its groups and its own, joined by ` > `. */
  readonly name: string;
  readonly error?: unknown;
}

/** Collects cases while a suite describes itself, and runs them when asked: a conformance suite without a test runner. */
export interface CollectingRunner extends ConformanceRunner {
  /** Runs the collected cases whose name is wanted (all by default), one after another. */
  run(params?: { readonly isWanted?: (name: string) => boolean }): Promise<readonly CaseResult[]>;
}

interface Group {
  readonly path: readonly string[];
  readonly steps: (() => Promise<void>)[];
  readonly before: (() => Promise<void>)[];
  readonly after: (() => Promise<void>)[];
}

/** Errors of hooks reject `run`: they belong to no case. */
export function createCollectingRunner(): CollectingRunner {
  let results: CaseResult[] = [];
  let isWanted: (name: string) => boolean = () => true;
  const newGroup = (path: readonly string[]): Group => ({ path, steps: [], before: [], after: [] });
  const root = newGroup([]);
  let current = root;

  const runGroup = async ({ before, steps, after }: Group): Promise<void> => {
    for (const step of [...before, ...steps, ...after]) await step();
  };

  return {
    describe: (name, body) => {
      const parent = current;
      const group = newGroup([...parent.path, name]);
      current = group;
      body();
      current = parent;
      parent.steps.push(() => runGroup(group));
    },
    it: (caseName, body) => {
      const name = [...current.path, caseName].join(' > ');
      current.steps.push(async () => {
        if (!isWanted(name)) return;
        results.push(
          await body().then(
            () => ({ name }),
            (error: unknown) => ({ name, error }),
          ),
        );
      });
    },
    beforeAll: (body) => void current.before.push(body),
    afterAll: (body) => void current.after.push(body),
    run: async (params = {}) => {
      results = [];
      isWanted = params.isWanted ?? (() => true);
      await runGroup(root);
      return results;
    },
  };
}
