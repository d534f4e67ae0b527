import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { cacheInvalidateIn, cacheStatsOut, type CacheInvalidateIn, type CacheStatsOut } from './cache.dto.js';
import { CachesService } from './caches.service.js';

@Controller('cache')
export class CachesController {
  readonly #caches: CachesService;

  constructor(caches: CachesService) {
    this.#caches = caches;
  }

  @Get('stats')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Tell what the caches of this replica have done and hold', ok: cacheStatsOut })
  async stats(): Promise<CacheStatsOut> {
    return this.#caches.stats();
  }

  @Post('invalidate')
  @HttpCode(204)
  @RequireScope('applications:write')
  @ApiAnswers({ summary: 'Forget what is cached of this environment by key, tag or pattern', noContent: true })
  async invalidate(
    @EnvironmentId() environmentId: string,
    @Body({ schema: cacheInvalidateIn }) body: CacheInvalidateIn,
  ): Promise<void> {
    await this.#caches.invalidate(environmentId, body);
  }
}
