export { startCrashablePostgres, type CrashablePostgres } from './crashable-postgres.ts';
export { startDnsServer, type DnsRecord, type DnsServer } from './dns-server.ts';
export { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
export { findFreePort } from './free-port.ts';
export { startOwnRedis, type OwnRedis } from './own-redis.ts';
export { createTestDatabase, postgresAdminUrl, type TestDatabase } from './postgres.ts';
export { requireService, type ServiceName, type TestService } from './services.ts';
