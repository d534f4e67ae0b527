import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { auditList, auditQuery, toAuditOut, type AuditQuery } from './audit.dto.js';

@Controller('audit')
export class AuditController {
  readonly #storage: HostPorts['storage'];

  constructor(@InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>) {
    this.#storage = storage;
  }

  @Get()
  @RequireScope('audit:read')
  @ApiAnswers({ summary: 'List what was changed, by whom, newest first', ok: auditList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: auditQuery }) query: AuditQuery,
  ): Promise<z.output<typeof auditList>> {
    const filter = { actorId: query.actor, action: query.action, before: query.before, after: query.after };
    const request = toListRequest(query, { parts: ['audit', environmentId, filter], defaultOrder: 'descending' });
    const page = await this.#storage.listAudit({ environmentId, filter, page: request.page });
    return { data: page.items.map(toAuditOut), ...toEnvelope(page, request, ({ id }) => id) };
  }
}
