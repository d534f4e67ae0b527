import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import type { PageParameters } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  endpointIn,
  endpointList,
  endpointOut,
  endpointPatch,
  endpointQuery,
  endpointUpsert,
  patchEndpointFields,
  toEndpointOut,
  type EndpointIn,
  type EndpointOut,
  type EndpointPatch,
  type EndpointUpsert,
} from './endpoint.dto.js';
import { EndpointParameter, type EndpointPath } from './endpoint-parameter.js';
import { EndpointsService } from './endpoints.service.js';

@Controller('app/:app_id/endpoint')
export class EndpointsController {
  readonly #endpoints: EndpointsService;

  constructor(endpoints: EndpointsService) {
    this.#endpoints = endpoints;
  }

  @Get()
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: "List an application's endpoints", ok: endpointList })
  async list(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Query({ schema: endpointQuery }) query: PageParameters,
  ): Promise<z.output<typeof endpointList>> {
    const parts = ['endpoint', environmentId, application];
    const request = toListRequest(query, { parts, defaultOrder: 'descending' });
    const page = await this.#endpoints.list({ environmentId, application, request });
    return { data: page.items.map(toEndpointOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Create an endpoint', created: endpointOut, conflict: true })
  async create(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Body({ schema: endpointIn }) input: EndpointIn,
  ): Promise<EndpointOut> {
    return toEndpointOut(await this.#endpoints.create({ environmentId, application, input }));
  }

  @Get(':endpoint_id')
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'Get an endpoint', ok: endpointOut })
  async get(@EndpointParameter() path: EndpointPath): Promise<EndpointOut> {
    return toEndpointOut(await this.#endpoints.get(path));
  }

  @Put(':endpoint_id')
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Create or replace an endpoint', ok: endpointOut, created: endpointOut, conflict: true })
  async upsert(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: endpointUpsert }) input: EndpointUpsert,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndpointOut> {
    const { endpoint, created } = await this.#endpoints.upsert(path, input);
    reply.status(created ? 201 : 200);
    return toEndpointOut(endpoint);
  }

  @Patch(':endpoint_id')
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Change an endpoint', ok: endpointOut, conflict: true })
  async patch(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: endpointPatch }) patch: EndpointPatch,
  ): Promise<EndpointOut> {
    return toEndpointOut(await this.#endpoints.change(path, (current) => patchEndpointFields(current, patch)));
  }

  @Delete(':endpoint_id')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Delete an endpoint', noContent: true })
  async delete(@EndpointParameter() path: EndpointPath): Promise<void> {
    await this.#endpoints.delete(path);
  }
}
