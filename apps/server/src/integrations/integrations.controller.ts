import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import type { PageParameters } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { AnswersSecret } from '../requests/request-traits.js';
import {
  integrationIn,
  integrationKeyOut,
  integrationList,
  integrationOut,
  integrationQuery,
  integrationUpdate,
  type IntegrationIn,
  type IntegrationOut,
} from './integration.dto.js';
import { toIntegrationOut } from './integration-records.js';
import { IntegrationsService } from './integrations.service.js';

interface IntegrationParams {
  readonly app_id: string;
  readonly integ_id: string;
}

/** Programs of third parties that work for an application. Portal tokens may not touch them. */
@Controller('app/:app_id/integration')
@RequireScope('portal:admin')
export class IntegrationsController {
  readonly #integrations: IntegrationsService;

  constructor(integrations: IntegrationsService) {
    this.#integrations = integrations;
  }

  @Get()
  @ApiAnswers({ summary: "List an application's integrations", ok: integrationList })
  async list(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Query({ schema: integrationQuery }) query: PageParameters,
  ): Promise<z.output<typeof integrationList>> {
    const parts = ['integration', environmentId, segment];
    const request = toListRequest(query, { parts, defaultOrder: 'ascending' });
    const page = await this.#integrations.list({ environmentId, segment }, request.page);
    return { data: page.items.map(toIntegrationOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @ApiAnswers({ summary: 'Create an integration', created: integrationOut, conflict: true })
  async create(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Body({ schema: integrationIn }) input: IntegrationIn,
  ): Promise<IntegrationOut> {
    return toIntegrationOut(await this.#integrations.create({ environmentId, segment }, input));
  }

  @Get(':integ_id')
  @ApiAnswers({ summary: 'Get an integration', ok: integrationOut })
  async get(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: segment, integ_id: id }: IntegrationParams,
  ): Promise<IntegrationOut> {
    return toIntegrationOut(await this.#integrations.get({ environmentId, segment }, id));
  }

  @Put(':integ_id')
  @ApiAnswers({ summary: 'Replace an integration', ok: integrationOut })
  async update(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: segment, integ_id: integrationId }: IntegrationParams,
    @Body({ schema: integrationUpdate }) input: IntegrationIn,
  ): Promise<IntegrationOut> {
    return toIntegrationOut(await this.#integrations.update({ environmentId, segment }, { integrationId, input }));
  }

  @Delete(':integ_id')
  @HttpCode(204)
  @ApiAnswers({ summary: 'Delete an integration with its key', noContent: true })
  async delete(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: segment, integ_id: id }: IntegrationParams,
  ): Promise<void> {
    await this.#integrations.delete({ environmentId, segment }, id);
  }

  @Post(':integ_id/key/rotate')
  @HttpCode(200)
  @AnswersSecret()
  @ApiAnswers({ summary: 'Make a new key of an integration, and end the one before', ok: integrationKeyOut })
  async rotateKey(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: segment, integ_id: id }: IntegrationParams,
  ): Promise<z.output<typeof integrationKeyOut>> {
    return { key: await this.#integrations.rotateKey({ environmentId, segment }, id) };
  }
}
