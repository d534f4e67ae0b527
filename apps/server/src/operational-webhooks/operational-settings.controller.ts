import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { headersIn, headersOut, toHeadersOut, type HeadersIn, type HeadersOut } from '../endpoints/endpoint-headers.js';
import { secretOut, secretRotateIn, type SecretOut, type SecretRotateIn } from '../endpoints/endpoint-secret.dto.js';
import { EndpointSecretsService } from '../endpoints/endpoint-secrets.service.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { Audited } from '../requests/request-traits.js';
import { OperationalEndpointsService } from './operational-endpoints.service.js';

/** What an operational webhook keeps apart because it may be secret. */
@Controller('operational-webhook/endpoint/:endpoint_id')
export class OperationalSettingsController {
  readonly #operational: OperationalEndpointsService;
  readonly #endpoints: EndpointsService;
  readonly #secrets: EndpointSecretsService;

  constructor(operational: OperationalEndpointsService, endpoints: EndpointsService, secrets: EndpointSecretsService) {
    this.#operational = operational;
    this.#endpoints = endpoints;
    this.#secrets = secrets;
  }

  @Get('secret')
  @Audited()
  @RequireScope('endpoints:secret:read')
  @ApiAnswers({ summary: 'Get the current signing secret of an operational webhook', ok: secretOut })
  async getSecret(@EnvironmentId() environmentId: string, @Param('endpoint_id') endpoint: string): Promise<SecretOut> {
    return { key: await this.#secrets.getCurrent(await this.#operational.pathOf(environmentId, endpoint)) };
  }

  @Post('secret/rotate')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Rotate the signing secret of an operational webhook', noContent: true, conflict: true })
  async rotateSecret(
    @EnvironmentId() environmentId: string,
    @Param('endpoint_id') endpoint: string,
    @Body({ schema: secretRotateIn }) input: SecretRotateIn,
  ): Promise<void> {
    await this.#secrets.rotate(await this.#operational.pathOf(environmentId, endpoint), input);
  }

  @Get('headers')
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'Get the custom headers, without the values of sensitive ones', ok: headersOut })
  async getHeaders(
    @EnvironmentId() environmentId: string,
    @Param('endpoint_id') endpoint: string,
  ): Promise<HeadersOut> {
    const path = await this.#operational.pathOf(environmentId, endpoint);
    return toHeadersOut((await this.#endpoints.get(path)).headers);
  }

  @Put('headers')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Replace the custom headers of an operational webhook', noContent: true })
  async putHeaders(
    @EnvironmentId() environmentId: string,
    @Param('endpoint_id') endpoint: string,
    @Body({ schema: headersIn }) { headers }: HeadersIn,
  ): Promise<void> {
    const path = await this.#operational.pathOf(environmentId, endpoint);
    await this.#endpoints.change(path, (current) => ({ ...current, headers }));
  }
}
