import { defineConfig } from 'vitest/config';

/** A command of its own, `pnpm test:image`: it needs a container engine, which a machine that builds may not have. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.container.test.ts'],
    testTimeout: 180_000,
    // The first build on a machine fetches everything.
    hookTimeout: 900_000,
  },
});
