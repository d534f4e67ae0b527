import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { JsonText, toListJson } from '../http/json-text.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { IdempotencyKey } from '../requests/idempotency-key.js';
import { NotAudited, NotPaced, OwnIdempotency } from '../requests/request-traits.js';
import {
  messageCreateQuery,
  messageGetQuery,
  messageIn,
  messageList,
  messageOut,
  messageQuery,
  toMessageJson,
  type MessageIn,
  type MessageQuery,
} from './message.dto.js';
import { MessagesService } from './messages.service.js';

/** The largest payload that can be configured, and room for what stands around it. */
const publishBodyLimitBytes = (1_024 + 64) * 1_024;

@Controller('app/:app_id/msg')
export class MessagesController {
  readonly #messages: MessagesService;

  constructor(messages: MessagesService) {
    this.#messages = messages;
  }

  @Post()
  @HttpCode(202)
  @RouteConfig({ bodyLimitBytes: publishBodyLimitBytes })
  @JsonText()
  @OwnIdempotency()
  @NotAudited()
  @NotPaced()
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Publish a message', accepted: messageOut, conflict: true, tooLarge: true })
  async publish(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Body({ schema: messageIn }) input: MessageIn,
    @Query({ schema: messageCreateQuery }) query: z.output<typeof messageCreateQuery>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Req() request: FastifyRequest<{ Body: Buffer }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { body } = request;
    const published = await this.#messages.publish({ environmentId, application, input, idempotencyKey, body });
    if (published.replayed) reply.header('idempotent-replayed', 'true');
    return toMessageJson(published.message, { withContent: query.with_content ?? true });
  }

  @Get()
  @JsonText()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: "List an application's messages", ok: messageList })
  async list(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Query({ schema: messageQuery }) query: MessageQuery,
  ): Promise<string> {
    const { channel, tag, event_types, before, after, with_content: withContent = true } = query;
    const parts = ['msg', environmentId, application, { channel, tag, event_types, before, after }];
    const request = toListRequest(query, { parts, defaultOrder: 'descending' });
    const page = await this.#messages.list({ environmentId, application, query, request });
    const items = page.items.map((message) => toMessageJson(message, { withContent }));
    return toListJson(
      items,
      toEnvelope(page, request, ({ id }) => id),
    );
  }

  @Get(':msg_id')
  @JsonText()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Get a message', ok: messageOut })
  async get(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Param('msg_id') message: string,
    @Query({ schema: messageGetQuery }) query: z.output<typeof messageGetQuery>,
  ): Promise<string> {
    const found = await this.#messages.get({ environmentId, application, message });
    return toMessageJson(found, { withContent: query.with_content ?? true });
  }
}
