import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { HOST_PORTS, type HostPorts } from '../plugins/host-ports.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiLimiter } from './api-limiter.js';
import { FailedAuthLimiter } from './failed-auth-limiter.js';
import { KeyVerifier } from './key-verifier.js';
import { PortalAccess } from './portal-access.js';
import { RouteAccessCheck } from './route-access-check.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: KeyVerifier,
      inject: [HOST_PORTS],
      useFactory: ({ storage, clock, logger, invalidations }: HostPorts) =>
        new KeyVerifier({ keys: storage, clock, logger, invalidations }),
    },
    {
      provide: FailedAuthLimiter,
      inject: [HOST_PORTS, SERVER_CONFIG],
      useFactory: ({ clock }: HostPorts, { authFailuresPerMinute }: ServerConfig) =>
        new FailedAuthLimiter({ clock, perMinute: authFailuresPerMinute }),
    },
    {
      provide: ApiLimiter,
      inject: [HOST_PORTS, SERVER_CONFIG],
      useFactory: ({ clock }: HostPorts, { apiRate }: ServerConfig) => new ApiLimiter({ clock, rate: apiRate }),
    },
    PortalAccess,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    RouteAccessCheck,
  ],
  exports: [KeyVerifier],
})
export class AuthModule {}
