import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { expungedPayload, type Endpoint, type Message } from '@postrider/core';
import { z } from 'zod';
import { RequireScope } from '../auth/route-access.js';
import { instantOut } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { filter } from './endpoint.dto.js';
import { EndpointParameter, type EndpointPath } from './endpoint-parameter.js';
import { EndpointsService } from './endpoints.service.js';
import { whyUnmatched } from './subscription.js';

const defaultLimit = 50;

const previewIn = z
  .strictObject({
    filter: filter
      .nullish()
      .meta({ description: 'The filter to try; that of the endpoint when absent, none when null.' }),
    limit: z
      .int()
      .min(1)
      .max(100)
      .nullish()
      .meta({ description: 'How many of the newest messages to try it on; 50 when absent.' }),
  })
  .nullish()
  .meta({ id: 'FilterPreviewIn' });
const previewOut = z
  .object({
    examined: z.int(),
    matched: z.int(),
    messages: z.array(
      z
        .object({
          id: z.string(),
          eventType: z.string(),
          timestamp: instantOut(),
          matches: z.boolean(),
          why: z
            .enum(['event_type', 'channels', 'filtered', 'expunged'])
            .optional()
            .meta({ description: 'Why it does not match; an expunged payload cannot be judged.' }),
        })
        .meta({ id: 'FilterPreviewMessage' }),
    ),
  })
  .meta({ id: 'FilterPreviewOut' });

/** Trying filters before messages are lost to them. */
@Controller('app/:app_id/endpoint/:endpoint_id/filter')
export class FilterPreviewController {
  readonly #storage: HostPorts['storage'];
  readonly #endpoints: EndpointsService;

  constructor(@InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>, endpoints: EndpointsService) {
    this.#storage = storage;
    this.#endpoints = endpoints;
  }

  @Post('preview')
  @HttpCode(200)
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Try a filter on the newest messages of the application; nothing is changed', ok: previewOut })
  async preview(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: previewIn }) input: z.output<typeof previewIn>,
  ): Promise<z.output<typeof previewOut>> {
    const endpoint = await this.#endpoints.get(path);
    const { environmentId, applicationId } = endpoint;
    const { items } = await this.#storage.listMessages({
      environmentId,
      applicationId,
      filter: {},
      withPayload: true,
      page: { limit: input?.limit ?? defaultLimit, order: 'descending' },
    });
    // Whether it is disabled says nothing about the filter.
    const tried = {
      ...endpoint,
      disabled: false,
      filter: input?.filter === undefined ? endpoint.filter : (input.filter ?? undefined),
    };
    const messages = items.map((message) => judge(tried, message));
    return { examined: messages.length, matched: messages.filter(({ matches }) => matches).length, messages };
  }
}

function judge(endpoint: Endpoint, message: Message): z.output<typeof previewOut>['messages'][number] {
  const { id, eventType, createdAt, payload } = message;
  const unmatched = whyUnmatched(endpoint, message);
  const why = unmatched ?? (payload === expungedPayload && endpoint.filter !== undefined ? 'expunged' : undefined);
  return {
    id,
    eventType,
    timestamp: createdAt.toISOString(),
    matches: why === undefined,
    // An endpoint that is taken for enabled is not unmatched because of it.
    why: why === 'disabled' ? undefined : why,
  };
}
