import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import type { PageParameters } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { ApplicationDirectory } from './application-directory.js';
import {
  applicationCreateQuery,
  applicationIn,
  applicationList,
  applicationOut,
  applicationPatch,
  applicationQuery,
  toApplicationOut,
  type ApplicationIn,
  type ApplicationOut,
  type ApplicationPatch,
} from './application.dto.js';
import { ApplicationsService } from './applications.service.js';

@Controller('app')
export class ApplicationsController {
  readonly #applications: ApplicationsService;
  readonly #directory: ApplicationDirectory;

  constructor(applications: ApplicationsService, directory: ApplicationDirectory) {
    this.#applications = applications;
    this.#directory = directory;
  }

  @Get()
  @RequireScope('applications:read')
  @ApiAnswers({ summary: 'List applications', ok: applicationList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: applicationQuery }) query: PageParameters,
  ): Promise<z.output<typeof applicationList>> {
    const request = toListRequest(query, { parts: ['app', environmentId], defaultOrder: 'ascending' });
    const page = await this.#applications.list({ environmentId, request });
    return { data: page.items.map(toApplicationOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @RequireScope('applications:write')
  @ApiAnswers({ summary: 'Create an application', created: applicationOut, ok: applicationOut, conflict: true })
  async create(
    @EnvironmentId() environmentId: string,
    @Body({ schema: applicationIn }) input: ApplicationIn,
    @Query({ schema: applicationCreateQuery }) query: z.output<typeof applicationCreateQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationOut> {
    const result = await this.#applications.create({ environmentId, input, getIfExists: query.get_if_exists });
    reply.status(result.created ? 201 : 200);
    return toApplicationOut(result.application);
  }

  @Get(':app_id')
  @RequireScope('applications:read')
  @ApiAnswers({ summary: 'Get an application', ok: applicationOut })
  async get(@EnvironmentId() environmentId: string, @Param('app_id') segment: string): Promise<ApplicationOut> {
    return toApplicationOut(await this.#directory.get({ environmentId, segment }));
  }

  @Put(':app_id')
  @RequireScope('applications:write')
  @ApiAnswers({
    summary: 'Create or replace an application',
    ok: applicationOut,
    created: applicationOut,
    conflict: true,
  })
  async upsert(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Body({ schema: applicationIn }) input: ApplicationIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationOut> {
    const result = await this.#applications.upsert({ environmentId, segment, input });
    reply.status(result.created ? 201 : 200);
    return toApplicationOut(result.application);
  }

  @Patch(':app_id')
  @RequireScope('applications:write')
  @ApiAnswers({ summary: 'Change an application', ok: applicationOut, conflict: true })
  async patch(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Body({ schema: applicationPatch }) patch: ApplicationPatch,
  ): Promise<ApplicationOut> {
    return toApplicationOut(await this.#applications.patch({ environmentId, segment, patch }));
  }

  @Delete(':app_id')
  @HttpCode(204)
  @RequireScope('applications:write')
  @ApiAnswers({ summary: 'Delete an application with its endpoints', noContent: true })
  async delete(@EnvironmentId() environmentId: string, @Param('app_id') segment: string): Promise<void> {
    await this.#applications.delete({ environmentId, segment });
  }
}
