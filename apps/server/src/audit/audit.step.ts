import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { RequestStep, Wrap } from '../requests/request-step.js';
import { withTrail, type RequestTrail } from '../requests/request-trail.js';
import type { RequestTraits } from '../requests/request-traits.js';
import { toFacts } from './audit-facts.js';

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids' | 'logger'>;

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Writes every request that changed something into the audit log, right after it did and before it is answered. Only
 * what succeeded is written; a repetition under an idempotency key changes nothing.
 */
@Injectable()
export class AuditStep implements RequestStep {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  around(context: ExecutionContext, traits: RequestTraits): Wrap | undefined {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { principal } = request;
    if (principal === undefined || !(traits.audited ?? !reading.has(request.method))) return undefined;
    return (proceed) => {
      const trail: RequestTrail = { ifMatch: request.headers['if-match'], change: undefined };
      return withTrail(trail, async () => {
        const result = await proceed();
        await this.#append({ context, request, principal, trail, result });
        return result;
      });
    };
  }

  async #append(params: {
    readonly context: ExecutionContext;
    readonly request: FastifyRequest;
    readonly principal: Principal;
    readonly trail: RequestTrail;
    readonly result: unknown;
  }): Promise<void> {
    const { request, principal, trail } = params;
    const { storage, clock, ids, logger } = this.#ports;
    const action = actionOf(params.context);
    const entry = {
      id: ids.next('aud_'),
      environmentId: principal.environmentId,
      actorId: principal.keyId,
      action,
      target: toTarget(request.params, params.result),
      ...(trail.change && toFacts(trail.change)),
      requestId: request.id,
      ip: request.ip,
      createdAt: clock.now(),
    };
    try {
      await storage.appendAudit({ entry });
    } catch (error) {
      // What was changed is changed: the log on disk has to do.
      logger.error('A change could not be written into the audit log', { ...entry, error });
    }
  }
}

/** `applications.create` for `ApplicationsController.create`. */
function actionOf(context: ExecutionContext): string {
  const controller = context.getClass().name.replace(/Controller$/, '');
  return `${controller.charAt(0).toLowerCase()}${controller.slice(1)}.${context.getHandler().name}`;
}

/** What the path names, and what was made. */
function toTarget(parameters: unknown, result: unknown): Record<string, string> {
  const target: Record<string, string> = { ...(parameters as Record<string, string>) };
  if (typeof result === 'object' && result !== null && 'id' in result && typeof result.id === 'string') {
    target['id'] = result.id;
  }
  return target;
}
