export { type SqliteStorageConfig, type SqliteStorageOptions } from './config.js';
export { sqliteStoragePlugin as default } from './plugin.js';
export { createSqliteStorage, type SqliteStorageDeps } from './sqlite-storage.js';
