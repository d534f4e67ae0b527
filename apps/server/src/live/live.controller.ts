import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { CurrentPrincipal, type Principal } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { identifier } from '../http/schemas/fields.js';
import { listParameter } from '../http/schemas/query.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { LiveStreams } from './live-streams.service.js';

const streamQuery = z.object({
  app_id: identifier().optional().meta({ description: 'Only what concerns this application.' }),
  types: listParameter()
    .optional()
    .meta({ description: '`attempt`, `delivery.ended`, or types of operational events; all when absent.' }),
});
const longestEventId = 256;

/** What happens right now, as server-sent events. */
@Controller('stream')
export class LiveController {
  readonly #streams: LiveStreams;
  readonly #applications: ApplicationDirectory;

  constructor(streams: LiveStreams, applications: ApplicationDirectory) {
    this.#streams = streams;
    this.#applications = applications;
  }

  @Get()
  @RequireScope('messages:read')
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'last-event-id', required: false, description: 'The id of the last event that was seen.' })
  @ApiAnswers({
    summary: 'Watch attempts, ends of deliveries and alerts as they happen, as server-sent events',
    ok: z.string().meta({ description: 'Events with `id`, `event` and `data`; `gap` when some may be missing.' }),
  })
  async stream(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: streamQuery }) query: z.output<typeof streamQuery>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { environmentId } = principal;
    const application =
      query.app_id === undefined ? undefined : await this.#applications.get({ environmentId, segment: query.app_id });
    const types = query.types && new Set(query.types);
    this.#streams.open({
      ...{ request, reply, principal },
      lastEventId: lastEventId === '' ? undefined : lastEventId?.slice(0, longestEventId),
      isWanted: ({ type, appId }) =>
        (types === undefined || types.has(type)) && (application === undefined || application.id === appId),
    });
  }
}
