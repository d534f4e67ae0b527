/**
 * The memory storage of `@postrider/core/testing` as a plugin: it keeps nothing and syncs nothing, so a server on it
 * shows what everything but storage costs.
 */
import { bind, definePlugin, Storage, type StandardSchema } from '@postrider/core';
import { createMemoryStorage } from '@postrider/core/testing';

const noOptions: StandardSchema<object> = {
  '~standard': { version: 1, vendor: 'postrider-bench', validate: (value) => ({ value: value ?? {} }) },
};

export default definePlugin({
  name: '@postrider/bench-null-storage',
  version: '0.0.0',
  api: '^1.0.0',
  config: noOptions,
  provides: [Storage],
  setup() {
    const storage = createMemoryStorage();
    return {
      ports: [bind(Storage, storage)],
      start: () => storage.migrate({}),
      stop: () => storage.close(),
    };
  },
});
