import { Body, Controller, Get, HttpCode, Patch } from '@nestjs/common';
import { z } from 'zod';
import { RequireScope } from '../auth/route-access.js';
import { invalidAt } from '../http/api-error.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { EndpointParameter, type EndpointPath } from './endpoint-parameter.js';
import { EndpointsService } from './endpoints.service.js';

const transformationOut = z
  .object({ enabled: z.boolean(), code: z.string().nullable() })
  .meta({ id: 'EndpointTransformationOut', description: 'Never enabled: payloads are sent as they were published.' });
const transformationPatch = z
  .strictObject({
    enabled: z.boolean().nullish(),
    code: z.string().max(51_200).nullish(),
    variables: z.record(z.string(), z.string()).nullish(),
  })
  .meta({ id: 'EndpointTransformationPatch' });

/**
 * Payloads are stored, signed and sent as they were published, so there is nothing to transform: programs that look
 * find it off, and those that want it on are told.
 */
@Controller('app/:app_id/endpoint/:endpoint_id/transformation')
export class TransformationController {
  readonly #endpoints: EndpointsService;

  constructor(endpoints: EndpointsService) {
    this.#endpoints = endpoints;
  }

  @Get()
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'Get the transformation of an endpoint, which is always off', ok: transformationOut })
  async get(@EndpointParameter() path: EndpointPath): Promise<z.output<typeof transformationOut>> {
    await this.#endpoints.get(path);
    return { enabled: false, code: null };
  }

  @Patch()
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Switch the transformation of an endpoint off', noContent: true })
  async patch(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: transformationPatch }) { enabled, code }: z.output<typeof transformationPatch>,
  ): Promise<void> {
    await this.#endpoints.get(path);
    const why = 'This server sends payloads as they were published: transform them before, or at the receiver.';
    if (enabled === true) throw invalidAt(['body', 'enabled'], why, 'unsupported');
    if (code != null && code !== '') throw invalidAt(['body', 'code'], why, 'unsupported');
  }
}
