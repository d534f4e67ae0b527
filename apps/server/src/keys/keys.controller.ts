import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentPrincipal, EnvironmentId, type Principal } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import type { PageParameters } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { AnswersSecret } from '../requests/request-traits.js';
import {
  keyIn,
  keyList,
  keyOut,
  keyQuery,
  keyRotateIn,
  newKeyOut,
  toKeyOut,
  type KeyIn,
  type KeyOut,
  type KeyRotateIn,
  type NewKeyOut,
} from './key.dto.js';
import { KeysService } from './keys.service.js';

@Controller('keys')
@RequireScope('keys:admin')
export class KeysController {
  readonly #keys: KeysService;

  constructor(keys: KeysService) {
    this.#keys = keys;
  }

  @Get()
  @ApiAnswers({ summary: 'List the API keys, without the keys themselves', ok: keyList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: keyQuery }) query: PageParameters,
  ): Promise<z.output<typeof keyList>> {
    const request = toListRequest(query, { parts: ['keys', environmentId], defaultOrder: 'ascending' });
    const page = await this.#keys.list({ environmentId, page: request.page });
    return { data: page.items.map(toKeyOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @AnswersSecret()
  @ApiAnswers({
    summary: 'Create an API key; the answer is the only place that shows it',
    created: newKeyOut,
    conflict: true,
  })
  async create(@CurrentPrincipal() principal: Principal, @Body({ schema: keyIn }) input: KeyIn): Promise<NewKeyOut> {
    const { key, text } = await this.#keys.create(principal, input);
    return { ...toKeyOut(key), key: text };
  }

  @Get(':key_id')
  @ApiAnswers({ summary: 'Get an API key, without the key itself', ok: keyOut })
  async get(@EnvironmentId() environmentId: string, @Param('key_id') keyId: string): Promise<KeyOut> {
    return toKeyOut(await this.#keys.get({ environmentId, keyId }));
  }

  @Post(':key_id/rotate')
  @AnswersSecret()
  @ApiAnswers({
    summary: 'Replace an API key; the old one stays valid for a while',
    created: newKeyOut,
    conflict: true,
  })
  async rotate(
    @EnvironmentId() environmentId: string,
    @Param('key_id') keyId: string,
    @Body({ schema: keyRotateIn }) input: KeyRotateIn,
  ): Promise<NewKeyOut> {
    const { key, text } = await this.#keys.rotate({ environmentId, keyId }, input?.overlapSeconds ?? undefined);
    return { ...toKeyOut(key), key: text };
  }

  @Delete(':key_id')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Revoke an API key', noContent: true })
  async revoke(@EnvironmentId() environmentId: string, @Param('key_id') keyId: string): Promise<void> {
    await this.#keys.revoke({ environmentId, keyId });
  }
}
