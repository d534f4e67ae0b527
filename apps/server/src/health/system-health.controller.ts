import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { ApplicationsService } from '../applications/applications.service.js';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { invalidAt } from '../http/api-error.js';
import { text } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { SystemHealthService, type ScopedHealth } from './system-health.service.js';

const segment = text({ min: 1, max: 256 });
const systemHealthQuery = z.object({
  application: segment.optional().meta({ description: 'Id or uid: the health of one application.' }),
  endpoint: segment.optional().meta({ description: 'Id or uid: the health of one endpoint of `application`.' }),
});

const systemHealthOut = z
  .object({
    score: z.number().meta({ description: '0 to 100: 100 less the penalties.' }),
    status: z.enum(['excellent', 'good', 'fair', 'poor', 'critical']),
    penalties: z.array(
      z
        .object({
          name: z.enum(['success', 'errors', 'latency', 'breakers', 'backlog']),
          value: z.number().meta({ description: 'Points taken.' }),
          cap: z.number(),
          evidence: z.record(z.string(), z.number()),
          explanation: z.string(),
        })
        .meta({ id: 'HealthPenalty' }),
    ),
    deliveries: z.int().meta({ description: 'Ended in the last hour, delivered or dead-lettered.' }),
    errors: z.int().meta({ description: 'Deliveries whose last attempt failed.' }),
    successRate: z.number().optional().meta({ description: 'Delivered ÷ ended; absent without deliveries.' }),
    averageResponseTime: z.number().optional().meta({ description: 'Of the attempts, in seconds.' }),
  })
  .meta({ id: 'SystemHealthOut' });

@Controller('health/system')
@RequireScope('stats:read')
export class SystemHealthController {
  readonly #health: SystemHealthService;
  readonly #applications: ApplicationsService;
  readonly #endpoints: EndpointsService;

  constructor(health: SystemHealthService, applications: ApplicationsService, endpoints: EndpointsService) {
    this.#health = health;
    this.#applications = applications;
    this.#endpoints = endpoints;
  }

  @Get()
  @ApiAnswers({ summary: 'Score the last hour, and name the reasons why it is not 100', ok: systemHealthOut })
  async system(
    @EnvironmentId() environmentId: string,
    @Query({ schema: systemHealthQuery }) { application, endpoint }: z.output<typeof systemHealthQuery>,
  ): Promise<ScopedHealth> {
    if (application === undefined) {
      if (endpoint === undefined) return this.#health.measure({ environmentId });
      throw invalidAt(['query', 'application'], 'Name the application of the endpoint too.', 'missing');
    }
    if (endpoint !== undefined) {
      const { id, applicationId } = await this.#endpoints.get({ environmentId, application, endpoint });
      return this.#health.measure({ environmentId, applicationId, endpointId: id });
    }
    const { id } = await this.#applications.get({ environmentId, segment: application });
    return this.#health.measure({ environmentId, applicationId: id });
  }
}
