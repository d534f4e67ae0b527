import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { HOST_PORTS, type HostPorts } from '../plugins/host-ports.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { KeyVerifier } from './key-verifier.js';
import { RouteAccessCheck } from './route-access-check.js';

@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: KeyVerifier,
      inject: [HOST_PORTS],
      useFactory: ({ storage, clock, logger }: HostPorts) => new KeyVerifier({ keys: storage, clock, logger }),
    },
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    RouteAccessCheck,
  ],
})
export class AuthModule {}
