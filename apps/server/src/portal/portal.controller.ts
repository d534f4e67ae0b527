import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CurrentPrincipal, EnvironmentId, type Principal } from '../auth/principal.js';
import { PortalOnly, RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { AnswersSecret } from '../requests/request-traits.js';
import {
  portalAccessIn,
  portalAccessOut,
  tokenExpireIn,
  type PortalAccessIn,
  type PortalAccessOut,
  type TokenExpireIn,
} from './portal.dto.js';
import { PortalService } from './portal.service.js';

@Controller('auth')
export class PortalController {
  readonly #portal: PortalService;

  constructor(portal: PortalService) {
    this.#portal = portal;
  }

  @Post('app-portal-access/:app_id')
  @HttpCode(200)
  @AnswersSecret()
  @RequireScope('portal:admin')
  @ApiAnswers({ summary: 'Create a portal token for an application', ok: portalAccessOut })
  createToken(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Body({ schema: portalAccessIn }) input: PortalAccessIn | undefined,
  ): Promise<PortalAccessOut> {
    return this.#portal.createToken({ environmentId, segment }, input ?? {});
  }

  @Post('app/:app_id/expire-all')
  @HttpCode(204)
  @RequireScope('portal:admin')
  @ApiAnswers({ summary: 'End the portal tokens of an application', noContent: true })
  async expireTokens(
    @EnvironmentId() environmentId: string,
    @Param('app_id') segment: string,
    @Body({ schema: tokenExpireIn }) input: TokenExpireIn | undefined,
  ): Promise<void> {
    await this.#portal.expireTokens({ environmentId, segment }, input ?? {});
  }

  @Post('logout')
  @HttpCode(204)
  @PortalOnly()
  @ApiAnswers({ summary: 'End the portal token that is used', noContent: true })
  async logOut(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.#portal.logOut(principal);
  }
}
