import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiError, notFound } from '../http/api-error.js';
import { toRef } from '../http/resource-path.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { Principal } from './principal.js';
import type { RouteAccess } from './route-access.js';

/**
 * What a portal token may reach: the routes of its own application, whatever later routes there are, and the few others
 * that say so. Other applications do not exist for it.
 */
@Injectable()
export class PortalAccess {
  readonly #storage: Pick<HostPorts['storage'], 'getApplication'>;

  constructor(@InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>) {
    this.#storage = storage;
  }

  async check(params: {
    readonly principal: Principal;
    readonly access: RouteAccess;
    readonly request: FastifyRequest;
  }): Promise<void> {
    const { principal, access, request } = params;
    if (access.kind === 'portal' || (access.kind === 'scope' && access.portal === true)) return;
    const { app_id: segment } = request.params as { readonly app_id?: string };
    if (segment === undefined) {
      throw new ApiError({ status: 403, code: 'forbidden', detail: 'A portal token sees its application only.' });
    }
    if (segment === principal.applicationId) return;
    const application = toRef('app_', segment, 'application');
    const { environmentId } = principal;
    const found = await this.#storage.getApplication({ environmentId, application });
    if (found?.id !== principal.applicationId) throw notFound('application');
  }
}
