import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { globalSetup: ['@postrider/test-support/global-setup'] },
});
