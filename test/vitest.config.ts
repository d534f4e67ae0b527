import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Real servers, databases and receivers on machines that may be busy: only a hang should run into these.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // Run by `pnpm test:image`.
    exclude: [...configDefaults.exclude, '**/*.container.test.ts'],
    globalSetup: ['@postrider/test-support/global-setup'],
  },
});
