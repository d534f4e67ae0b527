export { createTestDatabase, postgresAdminUrl, type TestDatabase } from './postgres.ts';
export { requireService, type ServiceName, type TestService } from './services.ts';
