import { Injectable } from '@nestjs/common';
import { Storage, type Delivery, type Endpoint, type Message, type Page } from '@postrider/core';
import type { ListRequest } from '../http/paging.js';
import { InjectPort } from '../plugins/host-ports.js';
import { toDeliveryStatus, type EndpointMessageQuery } from './attempt.dto.js';
import { collectMatching, type Scanned } from './collect-matching.js';

const deliveriesPerPage = 250;

interface OfApplication {
  readonly environmentId: string;
  readonly applicationId: string;
}

/** A message as it stands with one endpoint: with the newest of its deliveries there. */
export interface EndpointMessage {
  readonly message: Message;
  readonly delivery: Delivery;
}

/** An endpoint as it stands with one message. */
export interface MessageEndpoint {
  readonly endpoint: Endpoint;
  readonly delivery: Delivery;
}

/** Which message went where, and how that stands. A replay is a new delivery and takes the place of the one before. */
@Injectable()
export class DestinationsService {
  readonly #storage: Storage;

  constructor(@InjectPort(Storage) storage: Storage) {
    this.#storage = storage;
  }

  /** The messages of an endpoint, by their newest delivery there. */
  listMessages(params: {
    readonly of: OfApplication & { readonly endpointId: string };
    readonly query: EndpointMessageQuery;
    readonly request: ListRequest;
  }): Promise<Page<Scanned<EndpointMessage>>> {
    const { of, query, request } = params;
    const statuses = query.status === undefined ? undefined : [toDeliveryStatus(query.status)];
    const filter = { ...of, statuses, newestOnly: true, before: query.before, after: query.after };
    return collectMatching({
      page: request.page,
      read: (page) => this.#storage.listDeliveries({ environmentId: of.environmentId, filter, page }),
      keyOf: ({ id }) => id,
      match: (deliveries) => this.#toMessages(deliveries, query),
    });
  }

  /** The endpoints of a message by id, each with its newest delivery. Those that were deleted are left out. */
  async listEndpoints(params: {
    readonly of: OfApplication & { readonly messageId: string };
    readonly request: ListRequest;
  }): Promise<Page<MessageEndpoint>> {
    const { of, request } = params;
    // A message has as many endpoints as its application, so all of them fit into memory.
    const newest = await this.#newestByEndpoint(of);
    const loaded = await Promise.all([...newest].map(([id, delivery]) => this.#toEndpoint(id, delivery)));
    const { limit, order, cursor } = request.page;
    const backward = cursor?.direction === 'backward';
    const ascending = (order === 'ascending') !== backward;
    const walked = loaded
      .filter((each) => each !== undefined)
      .sort((left, right) => (left.endpoint.id < right.endpoint.id === ascending ? -1 : 1))
      .filter(({ endpoint: { id } }) => cursor === undefined || (ascending ? id > cursor.key : id < cursor.key));
    const window = walked.slice(0, limit);
    return { items: backward ? window.reverse() : window, hasMore: walked.length > limit };
  }

  /** Reads the messages of a whole window at once. */
  async #toMessages(
    deliveries: readonly Delivery[],
    query: EndpointMessageQuery,
  ): Promise<readonly (EndpointMessage | undefined)[]> {
    const [first] = deliveries;
    if (first === undefined) return [];
    const { environmentId, applicationId } = first;
    const messageIds = deliveries.map(({ messageId }) => messageId);
    const withPayload = query.with_content ?? true;
    const found = await this.#storage.findMessages({ environmentId, applicationId, messageIds, withPayload });
    const messages = new Map(found.map((message) => [message.id, message]));
    return deliveries.map((delivery) => {
      const message = messages.get(delivery.messageId);
      return message !== undefined && fits(message, query) ? { message, delivery } : undefined;
    });
  }

  async #newestByEndpoint(of: OfApplication & { readonly messageId: string }): Promise<Map<string, Delivery>> {
    const { environmentId, ...filter } = of;
    const newest = new Map<string, Delivery>();
    let cursor: { key: string; direction: 'forward' } | undefined;
    do {
      const page = await this.#storage.listDeliveries({
        environmentId,
        filter,
        page: { limit: deliveriesPerPage, order: 'ascending', cursor },
      });
      for (const delivery of page.items) newest.set(delivery.endpointId, delivery);
      const last = page.items.at(-1);
      cursor = page.hasMore && last !== undefined ? { key: last.id, direction: 'forward' } : undefined;
    } while (cursor !== undefined);
    return newest;
  }

  async #toEndpoint(endpointId: string, delivery: Delivery): Promise<MessageEndpoint | undefined> {
    const { environmentId, applicationId } = delivery;
    const endpoint = await this.#storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } });
    return endpoint && { endpoint, delivery };
  }
}

function fits(message: Message, { channel, tag, event_types: eventTypes }: EndpointMessageQuery): boolean {
  return (
    (channel === undefined || message.channels?.includes(channel) === true) &&
    (tag === undefined || message.tags?.includes(tag) === true) &&
    (eventTypes === undefined || eventTypes.includes(message.eventType))
  );
}
