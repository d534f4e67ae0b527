import type { Message } from '@postrider/core';
import type { PublishIdempotency, PublishResult } from '../ports/delivery.js';
import type { RouteTarget } from '../routing/route-target.js';

/** A publish that waits for its commit. */
export interface PendingPublish {
  readonly message: Message;
  readonly targets: readonly RouteTarget[];
  readonly idempotency: PublishIdempotency | undefined;
  readonly resolve: (result: PublishResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What no two publishes of one batch may have in common: the contract of `appendMessages`. */
export function exclusiveKeys({ message, idempotency }: PendingPublish): readonly string[] {
  const keys: string[] = [];
  if (idempotency !== undefined) keys.push(`key ${message.environmentId} ${idempotency.key}`);
  if (message.eventId !== undefined) keys.push(`event ${message.applicationId} ${message.eventId}`);
  return keys;
}
