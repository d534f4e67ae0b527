import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { notFound } from '../http/api-error.js';
import { JsonText } from '../http/json-text.js';
import { eventTypeName, identifier, instant, isIdentifier } from '../http/schemas/fields.js';
import { count } from '../http/schemas/query.js';
import { messageOut, toMessageJson } from '../messages/message.dto.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { PollerService, type Polled } from './poller.service.js';

const window = { limit: count({ min: 1, max: 250 }).optional(), iterator: z.string().max(256).optional() };
const pollQuery = z.object({
  ...window,
  event_type: eventTypeName().optional(),
  channel: identifier().optional(),
  after: instant().optional(),
});
const consumerQuery = z.object(window);
const seekIn = z.strictObject({ after: instant() }).meta({ id: 'PollingEndpointConsumerSeekIn' });
const seekOut = z.object({ iterator: z.string() }).meta({ id: 'PollingEndpointConsumerSeekOut' });
const pollOut = z
  .object({ data: z.array(messageOut), iterator: z.string(), done: z.boolean() })
  .meta({ id: 'PollingEndpointOut' });

const defaultLimit = 50;

interface ConsumerPath {
  readonly app_id: string;
  readonly sink_id: string;
  readonly consumer_id: string;
}

/** Fetching messages instead of being sent them. A sink is a name for a purpose; a consumer is one reader of it. */
@Controller('app/:app_id/poller/:sink_id')
export class PollerController {
  readonly #poller: PollerService;

  constructor(poller: PollerService) {
    this.#poller = poller;
  }

  @Get()
  @JsonText()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Fetch the next messages of the application', ok: pollOut })
  async poll(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, sink_id: sinkId }: { app_id: string; sink_id: string },
    @Query({ schema: pollQuery }) query: z.output<typeof pollQuery>,
  ): Promise<string> {
    checkNames(sinkId);
    const { limit = defaultLimit, event_type: eventType, ...rest } = query;
    return toJson(
      await this.#poller.poll({ environmentId, application, limit, eventType, ...rest, iterator: rest.iterator }),
    );
  }

  @Get('consumer/:consumer_id')
  @JsonText()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Fetch the next messages of a reader whose position is kept here', ok: pollOut })
  async pollAs(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, sink_id: sinkId, consumer_id: consumerId }: ConsumerPath,
    @Query({ schema: consumerQuery }) { limit = defaultLimit, iterator }: z.output<typeof consumerQuery>,
  ): Promise<string> {
    checkNames(sinkId, consumerId);
    const request = { environmentId, application, limit, iterator };
    return toJson(await this.#poller.pollAs(request, { sinkId, consumerId }));
  }

  @Post('consumer/:consumer_id/seek')
  @HttpCode(200)
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Move a reader to the messages after an instant', ok: seekOut })
  async seek(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, sink_id: sinkId, consumer_id: consumerId }: ConsumerPath,
    @Body({ schema: seekIn }) { after }: z.output<typeof seekIn>,
  ): Promise<z.output<typeof seekOut>> {
    checkNames(sinkId, consumerId);
    return { iterator: await this.#poller.seek({ environmentId, application, ids: { sinkId, consumerId }, after }) };
  }
}

function checkNames(...names: readonly string[]): void {
  if (!names.every(isIdentifier)) throw notFound('reader');
}

function toJson({ messages, iterator, done }: Polled): string {
  const items = messages.map((message) => toMessageJson(message, { withContent: true }));
  return `{"data":[${items.join(',')}],${JSON.stringify({ iterator, done }).slice(1)}`;
}
