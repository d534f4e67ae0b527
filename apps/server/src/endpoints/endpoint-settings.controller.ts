import { Body, Controller, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import {
  headersIn,
  headersOut,
  headersPatch,
  patchHeaders,
  toHeadersOut,
  type HeadersIn,
  type HeadersOut,
  type HeadersPatch,
} from './endpoint-headers.js';
import { EndpointParameter, type EndpointPath } from './endpoint-parameter.js';
import { secretOut, secretRotateIn, type SecretOut, type SecretRotateIn } from './endpoint-secret.dto.js';
import { Audited } from '../requests/request-traits.js';
import { EndpointSecretsService } from './endpoint-secrets.service.js';
import { EndpointsService } from './endpoints.service.js';

/** What an endpoint keeps apart because it may be secret: signing secrets and custom headers. */
@Controller('app/:app_id/endpoint/:endpoint_id')
export class EndpointSettingsController {
  readonly #endpoints: EndpointsService;
  readonly #secrets: EndpointSecretsService;

  constructor(endpoints: EndpointsService, secrets: EndpointSecretsService) {
    this.#endpoints = endpoints;
    this.#secrets = secrets;
  }

  @Get('secret')
  @Audited()
  @RequireScope('endpoints:secret:read')
  @ApiAnswers({ summary: 'Get the current signing secret', ok: secretOut })
  async getSecret(@EndpointParameter() path: EndpointPath): Promise<SecretOut> {
    return { key: await this.#secrets.getCurrent(path) };
  }

  @Post('secret/rotate')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Rotate the signing secret', noContent: true, conflict: true })
  async rotateSecret(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: secretRotateIn }) input: SecretRotateIn,
  ): Promise<void> {
    await this.#secrets.rotate(path, input);
  }

  @Get('headers')
  @RequireScope('endpoints:read')
  @ApiAnswers({ summary: 'Get the custom headers, without the values of sensitive ones', ok: headersOut })
  async getHeaders(@EndpointParameter() path: EndpointPath): Promise<HeadersOut> {
    return toHeadersOut((await this.#endpoints.get(path)).headers);
  }

  @Put('headers')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Replace the custom headers', noContent: true })
  async setHeaders(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: headersIn }) { headers }: HeadersIn,
  ): Promise<void> {
    await this.#endpoints.change(path, (current) => ({ ...current, headers }));
  }

  @Patch('headers')
  @HttpCode(204)
  @RequireScope('endpoints:write')
  @ApiAnswers({ summary: 'Add, replace and remove custom headers', noContent: true })
  async patchHeaders(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: headersPatch }) patch: HeadersPatch,
  ): Promise<void> {
    await this.#endpoints.change(path, (current) => ({ ...current, headers: patchHeaders(current.headers, patch) }));
  }
}
