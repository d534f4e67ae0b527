import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'plugins/*', 'apps/*', 'test'],
    reporters: ['default', './test/support/src/reporter.ts'],
    // More than there are cores on a small machine: tests of real processes mostly wait for them.
    maxWorkers: 3,
  },
});
