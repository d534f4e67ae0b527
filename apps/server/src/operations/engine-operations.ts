import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { DeliveryOutcome, Endpoint } from '@postrider/core';
import { InjectPort } from '../plugins/host-ports.js';
import { EngineEvents } from './engine-events.js';
import { OperationalEvents, type OperationalEvent } from './operational-events.js';

/** Tells operators what the engine did: endpoints that fail and are disabled, deliveries that ended dead. */
@Injectable()
export class EngineOperations implements OnModuleInit, OnApplicationShutdown {
  @InjectPort(EngineEvents) private readonly engine!: EngineEvents;
  @Inject(OperationalEvents) private readonly events!: OperationalEvents;
  #unsubscribe = (): void => undefined;

  onModuleInit(): void {
    const tell = (event: OperationalEvent | undefined): void => {
      if (event !== undefined) this.events.emit(event);
    };
    this.#unsubscribe = this.engine.subscribe({
      recorded: ({ outcomes }) => {
        for (const outcome of outcomes) tell(toDeath(outcome));
      },
      endpointFailing: ({ endpoint, failingSince, stage }) =>
        tell(
          toEndpointEvent(endpoint, {
            type: 'endpoint.failing',
            more: { failingSince: failingSince.toISOString(), stage },
          }),
        ),
      endpointDisabled: (endpoint) =>
        tell(toEndpointEvent(endpoint, { type: 'endpoint.disabled', more: { reason: endpoint.disabledReason } })),
    });
  }

  onApplicationShutdown(): void {
    this.#unsubscribe();
  }
}

/** An event about an endpoint, with the names that its owner knows it by. */
export function toEndpointEvent(
  { environmentId, applicationId: appId, id: endpointId, uid: endpointUid, url }: Endpoint,
  { type, more }: { readonly type: OperationalEvent['type']; readonly more?: Readonly<Record<string, unknown>> },
): OperationalEvent {
  return { type, environmentId, payload: { appId, endpointId, endpointUid, url, ...more } };
}

function toDeath({ lease, environmentId, endpointId, eventType, attempt, next }: DeliveryOutcome) {
  if (next.status !== 'dead_letter') return undefined;
  const { applicationId: appId, messageId: msgId, deliveryId } = lease;
  const lastAttempt = attempt && {
    id: attempt.id,
    number: attempt.number,
    responseStatusCode: attempt.responseStatusCode,
    error: attempt.errorKind,
    timestamp: attempt.startedAt.toISOString(),
  };
  const { reason } = next;
  const type = reason === 'exhausted' ? ('message.attempt.exhausted' as const) : ('message.dead_letter' as const);
  return { type, environmentId, payload: { appId, endpointId, msgId, deliveryId, eventType, reason, lastAttempt } };
}
