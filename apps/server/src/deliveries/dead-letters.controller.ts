import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { messageOut } from '../messages/message.dto.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { exportDeadLetters } from './export-dead-letters.js';
import {
  deadLetterExportQuery,
  deadLetterQuery,
  deliveryList,
  deliveryOut,
  toDeliveryFilter,
  toDeliveryOut,
  type DeadLetterExportQuery,
  type DeadLetterQuery,
} from './delivery.dto.js';

const exportedLine = deliveryOut
  .extend({ message: messageOut.optional().meta({ description: 'Absent once retention took it.' }) })
  .meta({ id: 'DeadLetterLine', description: 'One line of the export.' });

/** Dead letters one by one; `/dead-letters` counts them. */
@Controller('dead-letters')
export class DeadLettersController {
  readonly #storage: HostPorts['storage'];

  constructor(@InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>) {
    this.#storage = storage;
  }

  @Get('list')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Search dead letters, newest first', ok: deliveryList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: deadLetterQuery }) query: DeadLetterQuery,
  ): Promise<z.output<typeof deliveryList>> {
    const filter = { ...toDeliveryFilter(query), statuses: ['dead_letter'] as const };
    const parts = ['dead-letters', environmentId, filter];
    const request = toListRequest(query, { parts, defaultOrder: 'descending' });
    const page = await this.#storage.listDeliveries({ environmentId, filter, page: request.page });
    return { data: page.items.map(toDeliveryOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Get('export')
  @RequireScope('messages:read')
  @ApiProduces('application/x-ndjson')
  @ApiAnswers({
    summary: 'Export dead letters with their messages, oldest first, one JSON text per line',
    ok: exportedLine,
  })
  export(
    @EnvironmentId() environmentId: string,
    @Query({ schema: deadLetterExportQuery }) query: DeadLetterExportQuery,
  ): StreamableFile {
    const lines = exportDeadLetters(this.#storage, {
      environmentId,
      filter: toDeliveryFilter(query),
      withContent: query.with_content ?? true,
    });
    return new StreamableFile(Readable.from(lines), {
      type: 'application/x-ndjson',
      disposition: 'attachment; filename="dead-letters.ndjson"',
    });
  }
}
