export { plugin as default } from './plugin.js';
export { postgresStorageConfig, type PostgresStorageConfig, type PostgresStorageOptions } from './config.js';
export { createPostgresStorage, type PostgresStorage, type PostgresStorageDependencies } from './postgres-storage.js';
