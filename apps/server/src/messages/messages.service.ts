import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Application, Message, Page } from '@postrider/core';
import type { MessageDraft, PublishIdempotency, PublishParams, PublishResult } from '@postrider/delivery';
import { ApplicationsService } from '../applications/applications.service.js';
import { ApiError, conflict, invalidAt, notFound } from '../http/api-error.js';
import type { ListRequest } from '../http/paging.js';
import { toRef } from '../http/resource-path.js';
import { PayloadRules } from '../payload-schemas/payload-rules.service.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { toMessageDraft } from './message-draft.js';
import { MESSAGE_LIMITS, type MessageLimits } from './message-limits.js';
import type { MessageIn, MessageQuery } from './message.dto.js';

const idempotencyLifetimeMs = 24 * 60 * 60 * 1_000;

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'metrics'>;

export interface PublishRequest {
  readonly environmentId: string;
  /** Id or uid of the application. */
  readonly application: string;
  readonly input: MessageIn;
  readonly idempotencyKey: string | undefined;
  /** The body as it arrived: tells the same request from another one under the same key. */
  readonly body: Buffer;
}

export interface Published {
  readonly message: Message;
  /** An earlier request with the same key made it. */
  readonly replayed: boolean;
}

/** The use cases of messages. */
@Injectable()
export class MessagesService {
  @Inject(PayloadRules) private readonly rules!: PayloadRules;
  readonly #ports: Ports;
  readonly #applications: ApplicationsService;
  readonly #limits: MessageLimits;

  constructor(
    @InjectHostPorts() ports: Ports,
    applications: ApplicationsService,
    @Inject(MESSAGE_LIMITS) limits: MessageLimits,
  ) {
    this.#ports = ports;
    this.#applications = applications;
    this.#limits = limits;
  }

  /** Resolves when the message is durable. */
  async publish(request: PublishRequest): Promise<Published> {
    if (this.#limits.isQueueFull()) throw this.#refuse(queueFull());
    const message = toMessageDraft(request.input, { limits: this.#limits, now: this.#ports.clock.now() });
    const { environmentId, application: segment, input } = request;
    const judging = this.rules.check({ environmentId, eventType: message.eventType, payload: message.payload });
    if (judging !== undefined) await judging;
    const target = { environmentId, segment, input: input.application ?? undefined };
    const application = await this.#applications.findOrCreate(target);
    const first = await this.#publishTo(application, request, message);
    if (first !== undefined) return first;
    // It was deleted since it was cached; its uid may belong to another one by now.
    this.#applications.forget(application);
    const second = await this.#publishTo(await this.#applications.findOrCreate(target), request, message);
    if (second === undefined) throw notFound('application');
    return second;
  }

  async get(params: { environmentId: string; application: string; message: string }): Promise<Message> {
    const { environmentId } = params;
    const { id } = await this.#applications.get({ environmentId, segment: params.application });
    return this.getOf({ environmentId, applicationId: id, segment: params.message });
  }

  /** As `get`, for callers who looked the application up already. */
  async getOf(params: { environmentId: string; applicationId: string; segment: string }): Promise<Message> {
    const { environmentId, applicationId } = params;
    const message = toRef('msg_', params.segment, 'message');
    const found = await this.#ports.storage.getMessage({ environmentId, applicationId, message });
    if (found === undefined) throw notFound('message');
    return found;
  }

  async list(params: {
    readonly environmentId: string;
    readonly application: string;
    readonly query: MessageQuery;
    readonly request: ListRequest;
  }): Promise<Page<Message>> {
    const { environmentId, query } = params;
    const { id } = await this.#applications.get({ environmentId, segment: params.application });
    return this.#ports.storage.listMessages({
      environmentId,
      applicationId: id,
      filter: {
        eventTypes: query.event_types,
        channel: query.channel,
        tag: query.tag,
        before: query.before,
        after: query.after,
      },
      withPayload: query.with_content ?? true,
      page: params.request.page,
    });
  }

  /** `undefined` when the application is gone. */
  async #publishTo(
    application: Application,
    request: PublishRequest,
    message: MessageDraft,
  ): Promise<Published | undefined> {
    if (this.#limits.isApplicationFull(application.id)) throw this.#refuse(applicationQueueFull());
    const idempotency = this.#toIdempotency(application, request);
    const result = await this.#publishCounted({ application, message, idempotency });
    switch (result.outcome) {
      case 'appended':
        return { message: result.message, replayed: false };
      case 'replayed':
        return { message: result.message, replayed: true };
      case 'idempotency_mismatch':
        throw invalidAt(
          ['header', 'idempotency-key'],
          'This key was used for another request within the last 24 hours: send a new one.',
          'idempotency_mismatch',
        );
      case 'event_id_taken':
        throw conflict('conflict', `The message ${result.messageId} has this eventId already.`);
      case 'application_missing':
        return undefined;
    }
  }

  /** Accepted messages are counted where they are stored. */
  async #publishCounted(params: PublishParams): Promise<PublishResult> {
    const { delivery, metrics } = this.#ports;
    try {
      const result = await delivery.publish(params);
      const { outcome } = result;
      if (outcome === 'replayed') metrics.counter('webhook_publish_total', { result: 'duplicate' }).add();
      else if (outcome !== 'appended') this.#countRefused();
      return result;
    } catch (error) {
      metrics.counter('webhook_publish_total', { result: 'failed' }).add();
      throw error;
    }
  }

  #refuse(error: ApiError): ApiError {
    this.#countRefused();
    return error;
  }

  #countRefused(): void {
    this.#ports.metrics.counter('webhook_publish_total', { result: 'refused' }).add();
  }

  #toIdempotency(application: Application, { idempotencyKey, body }: PublishRequest): PublishIdempotency | undefined {
    if (idempotencyKey === undefined) return undefined;
    return {
      key: idempotencyKey,
      bodyHash: createHash('sha256').update(application.id).update('\n').update(body).digest('base64url'),
      expiresAt: new Date(this.#ports.clock.nowMs() + idempotencyLifetimeMs),
    };
  }
}

/** As `queueFull`, for one customer while the others go on. */
function applicationQueueFull(): ApiError {
  return new ApiError({
    status: 429,
    code: 'application_queue_full',
    detail:
      'Too many deliveries of this application wait already. Nothing was stored. Look which endpoints do not take theirs, disable them or cancel what waits, and try again later.',
    headers: { 'retry-after': '10' },
  });
}

/** Refused before it is stored: refusing is not losing. */
function queueFull(): ApiError {
  return new ApiError({
    status: 503,
    code: 'queue_full',
    detail: 'Too many deliveries wait already. Nothing was stored; try again later.',
    headers: { 'retry-after': '10' },
  });
}
