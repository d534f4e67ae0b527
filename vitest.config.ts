import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'plugins/*', 'apps/*', 'test'],
    reporters: ['default', './test/support/src/reporter.ts'],
  },
});
