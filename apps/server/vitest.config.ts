import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['@postrider/test-support/global-setup'],
    // A busy disk must not fail a test: creating and dropping databases waits for it.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ['./test/support/setup.ts'],
  },
});
