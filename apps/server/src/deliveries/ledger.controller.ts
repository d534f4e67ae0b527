import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { identifier, instant } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

const ledgerQuery = z.object({
  app_id: identifier().optional(),
  endpoint_id: identifier().optional(),
  after: instant().optional(),
  before: instant().optional(),
});
const ledgerOut = z
  .object({
    accepted: z.int().meta({ description: 'Deliveries that were ever made: of publishes and of replays.' }),
    delivered: z.int(),
    pending: z.int(),
    inFlight: z.int(),
    dead: z.int(),
    cancelled: z.int(),
  })
  .meta({ id: 'LedgerOut', description: 'accepted = delivered + pending + inFlight + dead + cancelled' });
const deadLetterGroups = z
  .object({
    groups: z.array(
      z
        .object({
          reason: z.string(),
          appId: z.string(),
          endpointId: z.string(),
          count: z.int(),
          oldestId: z.string(),
          newestId: z.string(),
        })
        .meta({ id: 'DeadLetterGroup' }),
    ),
  })
  .meta({ id: 'DeadLetterGroups' });

type LedgerQuery = z.output<typeof ledgerQuery>;

/** Where everything that was accepted is, and what died of what. One statement each: a single state of the store. */
@Controller()
export class LedgerController {
  readonly #storage: HostPorts['storage'];

  constructor(@InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>) {
    this.#storage = storage;
  }

  @Get('ledger')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'Account for every delivery by where it stands', ok: ledgerOut })
  async ledger(
    @EnvironmentId() environmentId: string,
    @Query({ schema: ledgerQuery }) query: LedgerQuery,
  ): Promise<z.output<typeof ledgerOut>> {
    const counts = await this.#storage.countDeliveries({ environmentId, filter: toFilter(query) });
    const accepted = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const { delivered, pending, in_flight: inFlight, dead_letter: dead, cancelled } = counts;
    return { accepted, delivered, pending, inFlight, dead, cancelled };
  }

  @Get('dead-letters')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Count dead letters by reason and endpoint, the most first', ok: deadLetterGroups })
  async deadLetters(
    @EnvironmentId() environmentId: string,
    @Query({ schema: ledgerQuery }) query: LedgerQuery,
  ): Promise<z.output<typeof deadLetterGroups>> {
    const found = await this.#storage.countDeadLetters({ environmentId, filter: toFilter(query) });
    const groups = found
      .map(({ applicationId: appId, ...group }) => ({ ...group, appId }))
      .sort((a, b) => b.count - a.count || (a.newestId < b.newestId ? 1 : -1));
    return { groups };
  }
}

function toFilter({ app_id: applicationId, endpoint_id: endpointId, after, before }: LedgerQuery) {
  return { applicationId, endpointId, after, before };
}
