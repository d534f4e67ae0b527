import { Inject, Injectable } from '@nestjs/common';
import type { ApiKey } from '@postrider/core';
import { ApplicationsService } from '../applications/applications.service.js';
import { generatePortalToken, parseApiKey } from '../auth/api-key-format.js';
import type { Principal } from '../auth/principal.js';
import { keyTag, portalTokensTag } from '../caches/cache-names.js';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { noteChange } from '../requests/request-trail.js';
import { toPortalScopes, type PortalAccessIn, type PortalAccessOut, type TokenExpireIn } from './portal.dto.js';

const defaultExpirySeconds = 3_600;

interface ApplicationPath {
  readonly environmentId: string;
  /** Id or uid. */
  readonly segment: string;
}

/** Portal tokens: what one customer's people use, made by the adopter for them. */
@Injectable()
export class PortalService {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'storage' | 'clock' | 'random' | 'invalidations'>;
  @Inject(SERVER_CONFIG) private readonly config!: Pick<ServerConfig, 'publicUrl'>;
  @Inject(ApplicationsService) private readonly applications!: ApplicationsService;

  async createToken(path: ApplicationPath, input: PortalAccessIn): Promise<PortalAccessOut> {
    const { storage, clock, random } = this.ports;
    const { id: applicationId } = await this.applications.findOrCreate({
      ...path,
      input: input.application ?? undefined,
    });
    const token = generatePortalToken(random);
    const parsed = parseApiKey(token);
    if (parsed === undefined) throw new Error('A generated token is none.');
    const key: ApiKey = {
      ...parsed,
      environmentId: path.environmentId,
      applicationId,
      sessionId: input.sessionId ?? undefined,
      name: 'Portal',
      scopes: toPortalScopes(input),
      createdAt: clock.now(),
      expiresAt: new Date(clock.nowMs() + (input.expiry ?? defaultExpirySeconds) * 1_000),
    };
    await storage.createKey({ key });
    const { scopes, sessionId, expiresAt } = key;
    noteChange({ after: { id: key.id, applicationId, scopes, sessionId, expiresAt } });
    // Behind the hash, which browsers send to nobody.
    return { url: `${this.config.publicUrl}/portal/#key=${token}`, token };
  }

  /** Ends the tokens of an application, of all sessions or of some. */
  async expireTokens(path: ApplicationPath, { expiry, sessionIds }: TokenExpireIn): Promise<void> {
    const { storage, clock, invalidations } = this.ports;
    const { id: applicationId } = await this.applications.get(path);
    await storage.revokePortalTokens({
      environmentId: path.environmentId,
      applicationId,
      sessionIds: sessionIds ?? undefined,
      revokedAt: new Date(clock.nowMs() + (expiry ?? 0) * 1_000),
    });
    invalidations.publish({ tags: [portalTokensTag(applicationId)] });
  }

  /** Ends the token that is used. */
  async logOut({ environmentId, keyId }: Principal): Promise<void> {
    const { storage, clock, invalidations } = this.ports;
    await storage.revokeKey({ environmentId, keyId, revokedAt: clock.now() });
    invalidations.publish({ tags: [keyTag(keyId)] });
  }
}
