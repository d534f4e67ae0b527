import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { Public, RequireScope } from './route-access.js';
import { RouteAccessCheck } from './route-access-check.js';

@Controller('declared')
class DeclaredController {
  @Get()
  @RequireScope('messages:read')
  read(): void {
    // Never called.
  }

  @Get('open')
  @Public()
  open(): void {
    // Never called.
  }

  /** Not a route, so it needs no declaration. */
  helper(): void {
    // Never called.
  }
}

@Controller('forgotten')
class ForgottenController {
  @Post()
  write(): void {
    // Never called.
  }
}

@Controller('as-a-whole')
@Public()
class OpenController {
  @Get()
  read(): void {
    // Never called.
  }
}

async function boot(controllers: (new () => object)[]): Promise<void> {
  @Module({ imports: [DiscoveryModule], providers: [RouteAccessCheck], controllers })
  class TestModule {}
  const module = await Test.createTestingModule({ imports: [TestModule] }).compile();
  await module.init();
  await module.close();
}

describe('RouteAccessCheck', () => {
  it('lets an application start whose routes all say what they ask for', async () => {
    await expect(boot([DeclaredController, OpenController])).resolves.toBeUndefined();
  });

  it('refuses to start with a route that says nothing, naming it', async () => {
    await expect(boot([DeclaredController, ForgottenController])).rejects.toThrow('ForgottenController.write');
  });
});
