import type { Endpoint } from './endpoint.js';
import type { Message } from './message.js';

/**
 * What a delivery that fails does to those behind it in its line.
 *
 * - `block`: they wait until it has ended: it was delivered, dead-lettered or cancelled.
 * - `continue`: they wait for the end of its first attempt only; its retries are made beside them.
 */
export type OrderingFailurePolicy = 'block' | 'continue';

/** How an endpoint wants its deliveries in order. */
export interface EndpointOrdering {
  /**
   * Which messages stand in one line: all of the endpoint, or those with the same `orderingKey`. By key, messages
   * without a key are in no order.
   */
  readonly by: 'endpoint' | 'key';
  readonly onFailure: OrderingFailurePolicy;
}

/**
 * The line in which a delivery stands: one key at one endpoint. Its place is behind all that was stored before. What the
 * endpoint says is read when the message is published: changing it moves nothing that stands in a line already.
 */
export interface DeliveryOrdering {
  /** The message's `orderingKey`, or empty for the one line of an endpoint. */
  readonly key: string;
  readonly onFailure: OrderingFailurePolicy;
}

/** The line in which a new delivery of the message to the endpoint has to stand; `undefined` when in none. */
export function orderingOf(
  endpoint: Pick<Endpoint, 'ordering'>,
  message: Pick<Message, 'orderingKey'>,
): DeliveryOrdering | undefined {
  const { ordering } = endpoint;
  if (ordering === undefined) return undefined;
  const key = ordering.by === 'endpoint' ? '' : message.orderingKey;
  return key === undefined ? undefined : { key, onFailure: ordering.onFailure };
}
