import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { AttemptFilter } from '@postrider/core';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { EndpointParameter, type EndpointPath } from '../endpoints/endpoint-parameter.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { MessagesService } from '../messages/messages.service.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  attemptGetQuery,
  attemptList,
  attemptOut,
  attemptQuery,
  emptyOut,
  toAttemptOut,
  type AttemptOut,
  type AttemptQuery,
} from './attempt.dto.js';
import { AttemptsService } from './attempts.service.js';

type AttemptList = z.output<typeof attemptList>;

@Controller('app/:app_id')
export class AttemptsController {
  readonly #attempts: AttemptsService;
  readonly #endpoints: EndpointsService;
  readonly #messages: MessagesService;

  constructor(attempts: AttemptsService, endpoints: EndpointsService, messages: MessagesService) {
    this.#attempts = attempts;
    this.#endpoints = endpoints;
    this.#messages = messages;
  }

  @Get('attempt/endpoint/:endpoint_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List the attempts at an endpoint', ok: attemptList })
  async listByEndpoint(
    @EndpointParameter() path: EndpointPath,
    @Query({ schema: attemptQuery }) query: AttemptQuery,
  ): Promise<AttemptList> {
    const { id, environmentId, applicationId } = await this.#endpoints.get(path);
    return this.#list({ environmentId, applicationId, of: { endpointId: id }, query });
  }

  @Get('attempt/msg/:msg_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List the attempts to deliver a message', ok: attemptList })
  async listByMessage(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, msg_id: message }: { app_id: string; msg_id: string },
    @Query({ schema: attemptQuery }) query: AttemptQuery,
  ): Promise<AttemptList> {
    const { id, applicationId } = await this.#messages.get({ environmentId, application, message });
    const segment = query.endpoint_id;
    const endpoint =
      segment === undefined ? undefined : await this.#endpoints.getOf({ environmentId, applicationId, segment });
    return this.#list({ environmentId, applicationId, of: { messageId: id, endpointId: endpoint?.id }, query });
  }

  @Get('msg/:msg_id/attempt/:attempt_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Get an attempt', ok: attemptOut })
  async get(
    @EnvironmentId() environmentId: string,
    @Param() params: { app_id: string; msg_id: string; attempt_id: string },
    @Query({ schema: attemptGetQuery }) _query: z.output<typeof attemptGetQuery>,
  ): Promise<AttemptOut> {
    const { app_id: application, msg_id: segment, attempt_id: attemptId } = params;
    const message = await this.#messages.get({ environmentId, application, message: segment });
    const { id: messageId, applicationId } = message;
    const attempt = await this.#attempts.get({ environmentId, applicationId, messageId, attemptId });
    return toAttemptOut(attempt, { withContent: true });
  }

  @Post('msg/:msg_id/endpoint/:endpoint_id/resend')
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Send a message to an endpoint again', accepted: emptyOut, conflict: true })
  async resend(
    @EndpointParameter() path: EndpointPath,
    @Param('msg_id') segment: string,
  ): Promise<z.output<typeof emptyOut>> {
    const { id: endpointId, environmentId, applicationId } = await this.#endpoints.get(path);
    const { id: messageId } = await this.#messages.getOf({ environmentId, applicationId, segment });
    await this.#attempts.resend({ environmentId, applicationId, messageId, endpointId });
    return {};
  }

  async #list(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly of: Pick<AttemptFilter, 'messageId' | 'endpointId'>;
    readonly query: AttemptQuery;
  }): Promise<AttemptList> {
    const { limit: _limit, iterator: _iterator, with_content: withContent = true, ...filters } = params.query;
    const parts = ['attempt', params.applicationId, params.of, filters];
    const request = toListRequest(params.query, { parts, defaultOrder: 'descending' });
    const page = await this.#attempts.list({ ...params, request });
    const data = page.items
      .map(({ match }) => match)
      .filter((match) => match !== undefined)
      .map(({ attempt, message }) => toAttemptOut(attempt, { withContent, message }));
    return { data, ...toEnvelope(page, request, ({ key }) => key) };
  }
}
