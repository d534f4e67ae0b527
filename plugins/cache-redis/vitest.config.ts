import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['@postrider/test-support/global-setup'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
