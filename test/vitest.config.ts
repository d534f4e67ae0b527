import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Run by `pnpm test:image`.
    exclude: [...configDefaults.exclude, '**/*.container.test.ts'],
    globalSetup: ['@postrider/test-support/global-setup'],
  },
});
