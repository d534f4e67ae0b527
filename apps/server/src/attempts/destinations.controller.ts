import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { EndpointParameter, type EndpointPath } from '../endpoints/endpoint-parameter.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { JsonText, toListJson } from '../http/json-text.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import type { PageParameters } from '../http/schemas/query.js';
import { MessagesService } from '../messages/messages.service.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  endpointMessageList,
  endpointMessageQuery,
  messageEndpointList,
  messageEndpointQuery,
  toEndpointMessageJson,
  toMessageEndpointOut,
  type EndpointMessageQuery,
} from './attempt.dto.js';
import { DestinationsService } from './destinations.service.js';

@Controller('app/:app_id')
export class DestinationsController {
  readonly #destinations: DestinationsService;
  readonly #endpoints: EndpointsService;
  readonly #messages: MessagesService;

  constructor(destinations: DestinationsService, endpoints: EndpointsService, messages: MessagesService) {
    this.#destinations = destinations;
    this.#endpoints = endpoints;
    this.#messages = messages;
  }

  @Get('endpoint/:endpoint_id/msg')
  @JsonText()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List the messages of an endpoint, with where each stands', ok: endpointMessageList })
  async listMessages(
    @EndpointParameter() path: EndpointPath,
    @Query({ schema: endpointMessageQuery }) query: EndpointMessageQuery,
  ): Promise<string> {
    const { id: endpointId, environmentId, applicationId } = await this.#endpoints.get(path);
    const of = { environmentId, applicationId, endpointId };
    const { limit: _limit, iterator: _iterator, with_content: withContent = true, ...filters } = query;
    const request = toListRequest(query, { parts: ['endpoint-msg', of, filters], defaultOrder: 'descending' });
    const page = await this.#destinations.listMessages({ of, query, request });
    const items = page.items
      .map(({ match }) => match)
      .filter((match) => match !== undefined)
      .map((match) => toEndpointMessageJson(match, { withContent, expanded: query.expanded_statuses ?? false }));
    return toListJson(
      items,
      toEnvelope(page, request, ({ key }) => key),
    );
  }

  @Get('msg/:msg_id/endpoint')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'List the endpoints of a message, with where each stands', ok: messageEndpointList })
  async listEndpoints(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, msg_id: message }: { app_id: string; msg_id: string },
    @Query({ schema: messageEndpointQuery }) query: PageParameters,
  ): Promise<z.output<typeof messageEndpointList>> {
    const { id: messageId, applicationId } = await this.#messages.get({ environmentId, application, message });
    const of = { environmentId, applicationId, messageId };
    const request = toListRequest(query, { parts: ['msg-endpoint', of], defaultOrder: 'ascending' });
    const page = await this.#destinations.listEndpoints({ of, request });
    const data = page.items.map(({ endpoint, delivery }) => toMessageEndpointOut(endpoint, delivery));
    return { data, ...toEnvelope(page, request, ({ endpoint }) => endpoint.id) };
  }
}
