import { Inject, Injectable } from '@nestjs/common';
import { Storage } from '@postrider/core';
import { checkUrl, type EgressPolicy } from '@postrider/delivery';
import { conflict, invalidAt } from '../http/api-error.js';
import { EGRESS_POLICY } from '../plugins/egress-policy-token.js';
import { isOperational } from '../operations/operational-environment.js';
import { InjectPort } from '../plugins/host-ports.js';
import { ENDPOINT_LIMITS, type EndpointLimits } from './endpoint-limits.js';
import type { EndpointFields } from './endpoint.dto.js';

const countedPerPage = 250;

/** Rules of endpoints that need more than the body to be checked. */
@Injectable()
export class EndpointRules {
  readonly #storage: Storage;
  readonly #egressPolicy: EgressPolicy;
  readonly #limits: EndpointLimits;

  constructor(
    @InjectPort(Storage) storage: Storage,
    @Inject(EGRESS_POLICY) egressPolicy: EgressPolicy,
    @Inject(ENDPOINT_LIMITS) limits: EndpointLimits,
  ) {
    this.#storage = storage;
    this.#egressPolicy = egressPolicy;
    this.#limits = limits;
  }

  /**
   * The fields with their URL normalised. 422 for a URL that webhooks must not be sent to, for a deadline that leases
   * do not allow, and for an event type that does not exist or is archived, unless the endpoint had it before.
   */
  async check(params: {
    readonly environmentId: string;
    readonly fields: EndpointFields;
    readonly before?: EndpointFields;
  }): Promise<EndpointFields> {
    const { environmentId, fields, before } = params;
    this.#checkTimeout(fields.timeoutMs);
    const added = (fields.eventTypes ?? []).filter((name) => before?.eventTypes?.includes(name) !== true);
    if (added.length > 0) await this.#checkEventTypes(environmentId, added);
    return { ...fields, url: fields.url === before?.url ? fields.url : this.#checkUrl(fields.url) };
  }

  /** 409 when the application has as many endpoints as it may have. */
  async checkRoom(params: { readonly environmentId: string; readonly applicationId: string }): Promise<void> {
    const { endpointsMax } = this.#limits;
    let counted = 0;
    let cursor: { key: string; direction: 'forward' } | undefined;
    do {
      const page = await this.#storage.listEndpoints({
        ...params,
        page: { limit: Math.min(countedPerPage, endpointsMax - counted), order: 'ascending', cursor },
      });
      counted += page.items.length;
      if (counted >= endpointsMax) {
        throw conflict('limit_reached', `The application has ${endpointsMax} endpoints, which is the limit.`);
      }
      const last = page.items.at(-1);
      cursor = page.hasMore && last !== undefined ? { key: last.id, direction: 'forward' } : undefined;
    } while (cursor !== undefined);
  }

  #checkTimeout(timeoutMs: number | undefined): void {
    const { timeoutMaxMs } = this.#limits;
    if (timeoutMs === undefined || timeoutMs <= timeoutMaxMs) return;
    throw invalidAt(['body', 'timeoutMs'], `Found ${timeoutMs}; this server allows at most ${timeoutMaxMs}.`);
  }

  #checkUrl(url: string): string {
    const verdict = checkUrl(url, this.#egressPolicy);
    if (verdict.ok) return verdict.url;
    throw invalidAt(['body', 'url'], verdict.message, verdict.code);
  }

  async #checkEventTypes(environmentId: string, names: readonly string[]): Promise<void> {
    // Those of operational webhooks are known to the server alone.
    if (isOperational(environmentId)) return;
    const found = await this.#storage.findEventTypes({ environmentId, names });
    const open = new Set(found.filter(({ archived }) => !archived).map(({ name }) => name));
    const missing = names.filter((name) => !open.has(name));
    if (missing.length === 0) return;
    const list = missing.slice(0, 10).join(', ');
    throw invalidAt(['body', 'eventTypes'], `No such event type, or archived: ${list}.`, 'unknown_event_type');
  }
}
