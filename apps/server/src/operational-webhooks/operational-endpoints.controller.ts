import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { pageParameters, type PageParameters } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  operationalEndpointIn,
  operationalEndpointList,
  operationalEndpointOut,
  operationalEndpointUpdate,
  toOperationalEndpointOut,
  type OperationalEndpointIn,
  type OperationalEndpointOut,
  type OperationalEndpointUpdate,
} from './operational-endpoint.dto.js';
import { OperationalEndpointsService } from './operational-endpoints.service.js';

/** Who is told when something happens to the endpoints, the messages or the health of the environment. */
@Controller('operational-webhook/endpoint')
export class OperationalEndpointsController {
  readonly #operational: OperationalEndpointsService;
  readonly #endpoints: EndpointsService;

  constructor(operational: OperationalEndpointsService, endpoints: EndpointsService) {
    this.#operational = operational;
    this.#endpoints = endpoints;
  }

  @Get()
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'List the operational webhooks of the environment', ok: operationalEndpointList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: z.object(pageParameters) }) query: PageParameters,
  ): Promise<z.output<typeof operationalEndpointList>> {
    const parts = ['operational-webhook', environmentId];
    const request = toListRequest(query, { parts, defaultOrder: 'descending' });
    const page = await this.#operational.list(environmentId, request);
    return { data: page.items.map(toOperationalEndpointOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Create an operational webhook', created: operationalEndpointOut, conflict: true })
  async create(
    @EnvironmentId() environmentId: string,
    @Body({ schema: operationalEndpointIn }) input: OperationalEndpointIn,
  ): Promise<OperationalEndpointOut> {
    return toOperationalEndpointOut(await this.#operational.create(environmentId, input));
  }

  @Get(':endpoint_id')
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'Get an operational webhook', ok: operationalEndpointOut })
  async get(
    @EnvironmentId() environmentId: string,
    @Param('endpoint_id') endpoint: string,
  ): Promise<OperationalEndpointOut> {
    const path = await this.#operational.pathOf(environmentId, endpoint);
    return toOperationalEndpointOut(await this.#endpoints.get(path));
  }

  @Put(':endpoint_id')
  @RequireScope('endpoints:write')
  @ApiAnswers({
    summary: 'Create or replace an operational webhook',
    ok: operationalEndpointOut,
    created: operationalEndpointOut,
    conflict: true,
  })
  async upsert(
    @EnvironmentId() environmentId: string,
    @Param('endpoint_id') segment: string,
    @Body({ schema: operationalEndpointUpdate }) input: OperationalEndpointUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperationalEndpointOut> {
    const { endpoint, created } = await this.#operational.upsert(environmentId, { endpoint: segment, input });
    reply.status(created ? 201 : 200);
    return toOperationalEndpointOut(endpoint);
  }

  @Delete(':endpoint_id')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Delete an operational webhook', noContent: true })
  async delete(@EnvironmentId() environmentId: string, @Param('endpoint_id') endpoint: string): Promise<void> {
    await this.#operational.delete(environmentId, endpoint);
  }
}
