import { Inject, Injectable } from '@nestjs/common';
import type { RoutedEndpoint } from '@postrider/core';
import type { BreakerView, MessageDraft } from '@postrider/delivery';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';
import { whyUnmatched } from '../endpoints/subscription.js';
import { toMessageDraft } from '../messages/message-draft.js';
import { MESSAGE_LIMITS, type MessageLimits } from '../messages/message-limits.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { endpointTimeoutMaxMs } from '../plugins/wire-server-plugins.js';
import { planAttempts } from './planned-attempts.js';
import { previewRequest } from './request-preview.js';
import type { SimulatedEndpoint, SimulationIn, SimulationOut } from './simulation.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'ids'>;

interface Simulated {
  readonly message: MessageDraft;
  readonly messageId: string;
  readonly now: Date;
}

/** Says what publishing a message would do. Reads what is stored, stores nothing, sends nothing. */
@Injectable()
export class SimulationService {
  @InjectHostPorts() private readonly ports!: Ports;
  @Inject(ApplicationDirectory) private readonly applications!: ApplicationDirectory;
  @Inject(MESSAGE_LIMITS) private readonly limits!: MessageLimits;
  @Inject(SERVER_CONFIG) private readonly config!: ServerConfig;

  /** Refuses what publishing would refuse, in the same words. */
  async simulate(environmentId: string, input: SimulationIn): Promise<SimulationOut> {
    const { storage, clock, ids } = this.ports;
    const now = clock.now();
    const message = toMessageDraft(input, { limits: this.limits, now });
    const { id: applicationId } = await this.applications.get({ environmentId, segment: input.appId });
    const [eventType, routes] = await Promise.all([
      storage.getEventType({ environmentId, name: message.eventType }),
      storage.loadRoutes({ applicationId }),
    ]);
    const simulated = { message, messageId: ids.next('msg_'), now };
    const endpoints = await Promise.all(
      (routes?.endpoints ?? []).map((routed) => this.#simulateFor(routed, simulated)),
    );
    return {
      now: now.toISOString(),
      appId: applicationId,
      eventType: message.eventType,
      eventTypeState: eventType === undefined ? 'unknown' : eventType.archived ? 'archived' : 'known',
      payloadBytes: Buffer.byteLength(message.payload),
      deliveries: endpoints.filter(({ matches }) => matches).length,
      endpoints,
    };
  }

  async #simulateFor(routed: RoutedEndpoint, { message, messageId, now }: Simulated): Promise<SimulatedEndpoint> {
    const { endpoint, state } = routed;
    const { id: endpointId, environmentId, applicationId, url } = endpoint;
    const why = whyUnmatched(endpoint, message);
    if (why !== undefined) return { endpointId, url, matches: false, why };
    const breaker = await this.ports.delivery.getBreaker({ environmentId, applicationId, endpointId });
    const firstAt = latest(message.deliverAt ?? now, state.pausedUntil, breaker?.openUntil);
    const { retryScheduleMs, attemptTimeoutMs, svixAliasHeaders: svixAliases } = this.config;
    const { payload } = message;
    return {
      endpointId,
      url,
      matches: true,
      breaker: breaker?.state,
      heldUntil: heldUntil(breaker, state.pausedUntil, now)?.toISOString(),
      timeoutMs: Math.min(endpoint.timeoutMs ?? attemptTimeoutMs, endpointTimeoutMaxMs(this.config)),
      attempts: planAttempts({ firstAt, now, scheduleMs: endpoint.retryScheduleMs ?? retryScheduleMs }).map(
        ({ at, ...attempt }) => ({ ...attempt, at: at.toISOString() }),
      ),
      request: { ...toPreview(routed, { messageId, payload, sentAt: firstAt, svixAliases }) },
    };
  }
}

function toPreview(...params: Parameters<typeof previewRequest>) {
  const { sensitive, ...preview } = previewRequest(...params);
  return { ...preview, headers: { ...preview.headers }, sensitive: [...sensitive] };
}

function latest(first: Date, ...others: readonly (Date | undefined)[]): Date {
  return others.reduce<Date>((found, other) => (other !== undefined && other > found ? other : found), first);
}

/** When the first request can be made at the earliest, where that is not now. */
function heldUntil(breaker: BreakerView | undefined, pausedUntil: Date | undefined, now: Date): Date | undefined {
  const until = latest(now, pausedUntil, breaker?.openUntil);
  return until > now ? until : undefined;
}
