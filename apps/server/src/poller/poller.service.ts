import { isId, lowestIdAt, type ConsumerRef, type Message } from '@postrider/core';
import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { invalidAt } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

/**
 * Messages are shown this long after they were made: by then those that were made before them are stored too, so that
 * a reader that passed one did not pass over another.
 */
const settlingMs = 2_000;
const iteratorPrefix = 'p1.';

type Ports = Pick<HostPorts, 'storage' | 'clock'>;

export interface PollRequest {
  readonly environmentId: string;
  readonly application: string;
  readonly limit: number;
  readonly iterator: string | undefined;
  readonly eventType?: string | undefined;
  readonly channel?: string | undefined;
  readonly after?: Date | undefined;
}

export interface Polled {
  readonly messages: readonly Message[];
  readonly iterator: string;
  readonly done: boolean;
}

/** Reading the messages of an application in the order in which they were made, by readers that may lag behind. */
@Injectable()
export class PollerService {
  readonly #ports: Ports;
  readonly #applications: ApplicationDirectory;

  constructor(@InjectHostPorts() ports: Ports, applications: ApplicationDirectory) {
    this.#ports = ports;
    this.#applications = applications;
  }

  /** The messages behind the iterator, which is the reader's own to keep. */
  async poll(request: PollRequest): Promise<Polled> {
    const { environmentId, application: segment } = request;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment });
    return this.#read(applicationId, request, request.iterator);
  }

  /**
   * The same for a reader whose position is kept here. Sending the iterator of an answer back says that the answer was
   * dealt with; without one the reader goes on behind what it confirmed last. So nothing is passed over when a reader
   * dies, and the same messages may be read again.
   */
  async pollAs(request: PollRequest, ids: Pick<ConsumerRef, 'sinkId' | 'consumerId'>): Promise<Polled> {
    const { environmentId, application: segment, iterator } = request;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment });
    const consumer = { environmentId, applicationId, ...ids };
    if (iterator === undefined) {
      return this.#read(applicationId, request, await this.#ports.storage.getConsumerPosition({ consumer }));
    }
    readIterator(iterator);
    await this.#store(consumer, iterator);
    return this.#read(applicationId, request, iterator);
  }

  /** Moves a reader to the messages made after an instant. */
  async seek(params: {
    readonly environmentId: string;
    readonly application: string;
    readonly ids: Pick<ConsumerRef, 'sinkId' | 'consumerId'>;
    readonly after: Date;
  }): Promise<string> {
    const { environmentId, application: segment } = params;
    const { id: applicationId } = await this.#applications.get({ environmentId, segment });
    const iterator = toIterator(lowestIdAt({ prefix: 'msg_', at: params.after }));
    await this.#store({ environmentId, applicationId, ...params.ids }, iterator);
    return iterator;
  }

  async #store(consumer: ConsumerRef, position: string): Promise<void> {
    await this.#ports.storage.setConsumerPosition({ consumer, position, updatedAt: this.#ports.clock.now() });
  }

  async #read(applicationId: string, request: PollRequest, iterator: string | undefined): Promise<Polled> {
    const { environmentId, eventType, channel, after, limit } = request;
    const start = iterator ?? toIterator(lowestIdAt({ prefix: 'msg_', at: after ?? new Date(0) }));
    const page = await this.#ports.storage.listMessages({
      environmentId,
      applicationId,
      filter: { after, eventTypes: eventType === undefined ? undefined : [eventType], channel },
      withPayload: true,
      page: { limit, order: 'ascending', cursor: { key: readIterator(start), direction: 'forward' } },
    });
    const settled = new Date(this.#ports.clock.nowMs() - settlingMs);
    const messages = page.items.filter(({ id }) => id < lowestIdAt({ prefix: 'msg_', at: settled }));
    const last = messages.at(-1);
    const done = !page.hasMore || messages.length < page.items.length;
    return { messages, iterator: last === undefined ? start : toIterator(last.id), done };
  }
}

function toIterator(messageId: string): string {
  return Buffer.from(iteratorPrefix + messageId).toString('base64url');
}

function readIterator(iterator: string): string {
  const text = Buffer.from(iterator, 'base64url').toString('utf8');
  const key = text.slice(iteratorPrefix.length);
  if (text.startsWith(iteratorPrefix) && isId(key, 'msg_')) return key;
  throw invalidAt(['query', 'iterator'], 'Not an iterator of a poller: send one that it returned.', 'invalid_iterator');
}
