import type { Delivery, DeliveryTrigger, LeaseRef, Message } from '@postrider/core';

/** A message on its way out. Shared by all its deliveries, so that its payload is encoded once. */
export class OutboundMessage {
  readonly message: Message;
  #body: Buffer | undefined;

  constructor(message: Message) {
    this.message = message;
  }

  /** The payload as it is signed and sent. */
  get body(): Buffer {
    return (this.#body ??= Buffer.from(this.message.payload, 'utf8'));
  }
}

/** A delivery that this process holds the lease of. Mutable: the heartbeat and the attempt write to it. */
export interface DeliveryJob {
  readonly lease: LeaseRef;
  readonly endpointId: string;
  readonly trigger: DeliveryTrigger;
  readonly attemptCount: number;
  readonly firstAttemptAt: Date | undefined;
  readonly outbound: OutboundMessage;
  /** Milliseconds since 1970. */
  leaseUntilMs: number;
  /** The attempt is over and its outcome waits to be recorded: only the fence of the record decides from here on. */
  recording: boolean;
  /** Another worker holds the delivery now: whatever comes of this job is to be thrown away. */
  lost: boolean;
  /** Cuts off the request; set while there is one. */
  abort: AbortController | undefined;
}

/** A job at the beginning of its lease. */
export function createJob(params: {
  readonly lease: LeaseRef;
  readonly delivery: Pick<Delivery, 'endpointId' | 'trigger' | 'attemptCount' | 'firstAttemptAt'>;
  readonly outbound: OutboundMessage;
  readonly leaseUntilMs: number;
}): DeliveryJob {
  const { delivery } = params;
  return {
    lease: params.lease,
    endpointId: delivery.endpointId,
    trigger: delivery.trigger,
    attemptCount: delivery.attemptCount,
    firstAttemptAt: delivery.firstAttemptAt,
    outbound: params.outbound,
    leaseUntilMs: params.leaseUntilMs,
    recording: false,
    lost: false,
    abort: undefined,
  };
}
