import { defineConfig } from 'vitest/config';

export default defineConfig({
  // A busy machine must not fail a property that tries many courses.
  test: { testTimeout: 30_000 },
});
