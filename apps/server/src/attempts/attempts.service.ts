import { Injectable } from '@nestjs/common';
import { expungedPayload, type Attempt, type AttemptFilter, type Message, type Page } from '@postrider/core';
import { conflict, notFound } from '../http/api-error.js';
import type { ListRequest } from '../http/paging.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { toAttemptOutcomes, type AttemptQuery } from './attempt.dto.js';
import { collectMatching, type Scanned } from './collect-matching.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery'>;

/** An attempt, with its message where that was asked for or looked at. */
export interface FoundAttempt {
  readonly attempt: Attempt;
  readonly message?: Message | undefined;
}

/** Reads attempts, and asks for new ones. */
@Injectable()
export class AttemptsService {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  /** Attempts of the message or endpoint of `of`, further filtered by the query. */
  async list(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly of: Pick<AttemptFilter, 'messageId' | 'endpointId'>;
    readonly query: AttemptQuery;
    readonly request: ListRequest;
  }): Promise<Page<Scanned<FoundAttempt>>> {
    const { environmentId, applicationId, query } = params;
    const outcomes = query.status === undefined ? undefined : toAttemptOutcomes(query.status);
    // Attempts are recorded when they are over: none is pending, sending or canceled.
    if (outcomes?.length === 0) return { items: [], hasMore: false };
    const filter: AttemptFilter = {
      ...params.of,
      outcomes,
      statusCodeClass: query.status_code_class === undefined ? undefined : query.status_code_class / 100,
      eventTypes: query.event_types,
      before: query.before,
      after: query.after,
    };
    return collectMatching({
      page: params.request.page,
      read: (page) => this.#ports.storage.listAttempts({ environmentId, applicationId, filter, page }),
      keyOf: ({ id }) => id,
      match: (attempts) => this.#withMessages(attempts, query),
    });
  }

  async get(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly messageId: string;
    readonly attemptId: string;
  }): Promise<Attempt> {
    const attempt = await this.#ports.storage.getAttempt(params);
    if (attempt === undefined) throw notFound('attempt');
    return attempt;
  }

  /** Sends a message to an endpoint again. 409 when the endpoint is disabled: it would not be sent. */
  async resend(params: {
    readonly environmentId: string;
    readonly applicationId: string;
    readonly messageId: string;
    readonly endpointId: string;
  }): Promise<void> {
    const { environmentId, applicationId, messageId } = params;
    const message = await this.#ports.storage.getMessage({ environmentId, applicationId, message: { id: messageId } });
    if (message?.payload === expungedPayload) {
      throw conflict('content_expunged', 'The content of the message was expunged: there is nothing left to send.');
    }
    const result = await this.#ports.delivery.resend(params);
    switch (result.outcome) {
      case 'appended':
      case 'expedited':
      case 'in_flight':
        return;
      case 'endpoint_disabled':
        throw conflict('endpoint_disabled', 'The endpoint is disabled: enable it, then send again.');
      case 'endpoint_missing':
        throw notFound('endpoint');
      case 'message_missing':
        throw notFound('message');
    }
  }

  async #withMessages(
    attempts: readonly Attempt[],
    { channel, tag, with_msg: withMessage = false }: AttemptQuery,
  ): Promise<readonly (FoundAttempt | undefined)[]> {
    if (channel === undefined && tag === undefined && !withMessage) return attempts.map((attempt) => ({ attempt }));
    const messages = await this.#loadMessages(attempts);
    return attempts.map((attempt) => {
      const message = messages.get(attempt.messageId);
      const matches =
        (channel === undefined || message?.channels?.includes(channel) === true) &&
        (tag === undefined || message?.tags?.includes(tag) === true);
      return matches ? { attempt, message: withMessage ? message : undefined } : undefined;
    });
  }

  async #loadMessages(attempts: readonly Attempt[]): Promise<ReadonlyMap<string, Message>> {
    const [first] = attempts;
    if (first === undefined) return new Map();
    const { environmentId, applicationId } = first;
    const messageIds = [...new Set(attempts.map(({ messageId }) => messageId))];
    const where = { environmentId, applicationId, messageIds, withPayload: false };
    const messages = await this.#ports.storage.findMessages(where);
    return new Map(messages.map((message) => [message.id, message]));
  }
}
