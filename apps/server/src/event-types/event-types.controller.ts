import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  eventTypeDeleteQuery,
  eventTypeIn,
  eventTypeList,
  eventTypeOut,
  eventTypePatch,
  eventTypeQuery,
  eventTypeUpsert,
  patchEventTypeFields,
  toEventTypeOut,
  type EventTypeIn,
  type EventTypeOut,
  type EventTypePatch,
  type EventTypeUpsert,
} from './event-type.dto.js';
import { EventTypesService } from './event-types.service.js';

const withSchemas = { withSchemas: true };

@Controller('event-type')
export class EventTypesController {
  readonly #eventTypes: EventTypesService;

  constructor(eventTypes: EventTypesService) {
    this.#eventTypes = eventTypes;
  }

  @Get()
  @RequireScope('event-types:read', { portal: true })
  @ApiAnswers({ summary: 'List event types', ok: eventTypeList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: eventTypeQuery }) query: z.output<typeof eventTypeQuery>,
  ): Promise<z.output<typeof eventTypeList>> {
    const includeArchived = query.include_archived ?? false;
    const parts = ['event-type', environmentId, includeArchived];
    const request = toListRequest(query, { parts, defaultOrder: 'ascending' });
    const page = await this.#eventTypes.list({ environmentId, includeArchived, request });
    const data = page.items.map((item) => toEventTypeOut(item, { withSchemas: query.with_content ?? false }));
    return { data, ...toEnvelope(page, request, ({ name }) => name) };
  }

  @Post()
  @RequireScope('event-types:write')
  @ApiAnswers({ summary: 'Create an event type, or bring an archived one back', created: eventTypeOut, conflict: true })
  async create(
    @EnvironmentId() environmentId: string,
    @Body({ schema: eventTypeIn }) input: EventTypeIn,
  ): Promise<EventTypeOut> {
    return toEventTypeOut(await this.#eventTypes.create(environmentId, input), withSchemas);
  }

  @Get(':event_type_name')
  @RequireScope('event-types:read', { portal: true })
  @ApiAnswers({ summary: 'Get an event type', ok: eventTypeOut })
  async get(@EnvironmentId() environmentId: string, @Param('event_type_name') name: string): Promise<EventTypeOut> {
    return toEventTypeOut(await this.#eventTypes.get({ environmentId, name }), withSchemas);
  }

  @Put(':event_type_name')
  @RequireScope('event-types:write')
  @ApiAnswers({ summary: 'Create or replace an event type', ok: eventTypeOut, created: eventTypeOut })
  async upsert(
    @EnvironmentId() environmentId: string,
    @Param('event_type_name') name: string,
    @Body({ schema: eventTypeUpsert }) input: EventTypeUpsert,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventTypeOut> {
    const { eventType, created } = await this.#eventTypes.upsert({ environmentId, name }, input);
    reply.status(created ? 201 : 200);
    return toEventTypeOut(eventType, withSchemas);
  }

  @Patch(':event_type_name')
  @RequireScope('event-types:write')
  @ApiAnswers({ summary: 'Change an event type', ok: eventTypeOut })
  async patch(
    @EnvironmentId() environmentId: string,
    @Param('event_type_name') name: string,
    @Body({ schema: eventTypePatch }) patch: EventTypePatch,
  ): Promise<EventTypeOut> {
    const changed = await this.#eventTypes.change({ environmentId, name }, (current) =>
      patchEventTypeFields(current, patch),
    );
    return toEventTypeOut(changed, withSchemas);
  }

  @Delete(':event_type_name')
  @HttpCode(204)
  @RequireScope('event-types:write')
  @ApiAnswers({ summary: 'Archive an event type, or expunge it', noContent: true })
  async delete(
    @EnvironmentId() environmentId: string,
    @Param('event_type_name') name: string,
    @Query({ schema: eventTypeDeleteQuery }) query: z.output<typeof eventTypeDeleteQuery>,
  ): Promise<void> {
    await this.#eventTypes.delete({ environmentId, name }, { expunge: query.expunge ?? false });
  }
}
