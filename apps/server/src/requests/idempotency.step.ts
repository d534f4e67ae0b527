import { createHash } from 'node:crypto';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { ReserveRequestResult, StoredAnswer } from '@postrider/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, invalidAt } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { readIdempotencyKey } from './idempotency-key.js';
import type { Proceed, RequestStep, Wrap } from './request-step.js';
import type { RequestTraits } from './request-traits.js';
import { openAnswer, sealAnswer } from './sealed-answer.js';

const keptForMs = 24 * 60 * 60 * 1_000;
/** Longer than any request may take: whoever has not answered by then has died. */
const heldForMs = 60_000;
const holderBytes = 12;

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'random' | 'logger'>;

/** A request with a key, as the store knows it. */
interface Reservation {
  readonly environmentId: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly holder: string;
  /** Closes an answer that holds a secret; absent for the others. */
  readonly password: string | undefined;
}

/**
 * Lets a POST with an `Idempotency-Key` take effect once: the key is reserved before the request is carried out, its
 * answer is kept for 24 hours and given to every repetition. A request that is refused or fails frees its key, so that
 * a repetition is judged anew. When the process dies in between, the key is held for another minute, then the next
 * repetition carries the request out: only an effect of the dead process that was stored in its last instant, before
 * the answer was, can happen twice.
 */
@Injectable()
export class IdempotencyStep implements RequestStep {
  readonly #ports: Ports;

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
  }

  around(context: ExecutionContext, { ownIdempotency, answersSecret }: RequestTraits): Wrap | undefined {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.method !== 'POST' || request.principal === undefined || ownIdempotency === true) return undefined;
    const key = readIdempotencyKey(request);
    if (key === undefined) return undefined;
    const reservation = this.#toReservation(request, { key, answersSecret: answersSecret === true });
    return (proceed) => this.#once(reservation, { proceed, reply: http.getResponse<FastifyReply>() });
  }

  async #once(
    reservation: Reservation,
    { proceed, reply }: { readonly proceed: Proceed; readonly reply: FastifyReply },
  ): Promise<unknown> {
    const result = await this.#reserve(reservation);
    switch (result.outcome) {
      case 'reserved':
        return this.#carryOut(reservation, { proceed, reply });
      case 'answered':
        return repeatAnswer(reply, this.#open(result.answer, reservation));
      case 'running':
        throw this.#inProgress(result.heldUntil);
      case 'mismatch':
        throw mismatch();
    }
  }

  #reserve(reservation: Reservation): Promise<ReserveRequestResult> {
    const { storage, clock } = this.#ports;
    const now = clock.now();
    return storage.reserveRequest({
      ...reservation,
      heldUntil: new Date(now.getTime() + heldForMs),
      expiresAt: new Date(now.getTime() + keptForMs),
      now,
    });
  }

  async #carryOut(
    reservation: Reservation,
    { proceed, reply }: { readonly proceed: Proceed; readonly reply: FastifyReply },
  ): Promise<unknown> {
    const { storage, logger, random } = this.#ports;
    let result: unknown;
    try {
      result = await proceed();
    } catch (error) {
      await storage.releaseRequest(reservation).catch((problem: unknown) => {
        logger.warn('An idempotency key could not be freed; it is held for another minute', { error: problem });
      });
      throw error;
    }
    const { password } = reservation;
    const text = result === undefined ? '' : typeof result === 'string' ? result : JSON.stringify(result);
    const body = password === undefined ? text : sealAnswer({ text, password, random });
    try {
      await storage.answerRequest({ ...reservation, answer: { status: reply.statusCode, body } });
    } catch (error) {
      // The effect is there, and so is the truth about it: the caller gets that rather than an error.
      logger.error('The answer to a request with an idempotency key could not be kept', { error });
    }
    return result;
  }

  #open(answer: StoredAnswer, { password }: Reservation): StoredAnswer {
    if (password === undefined) return answer;
    const body = openAnswer({ sealed: answer.body, password });
    if (body === undefined) throw mismatch();
    return { ...answer, body };
  }

  #toReservation(
    request: FastifyRequest,
    { key, answersSecret }: { readonly key: string; readonly answersSecret: boolean },
  ): Reservation {
    const body = Buffer.isBuffer(request.body) ? request.body : '';
    const fingerprint = createHash('sha256')
      .update(`${request.method} ${request.raw.url ?? ''}\n`)
      .update(body);
    const password = answersSecret ? `${request.headers.authorization ?? ''}\n${key}` : undefined;
    return {
      environmentId: request.principal?.environmentId ?? '',
      // Of a sealed answer not even the store may know the key that opens it.
      key: answersSecret ? createHash('sha256').update(key).digest('base64url') : key,
      fingerprint: fingerprint.digest('base64url'),
      holder: Buffer.from(this.#ports.random.bytes(holderBytes)).toString('base64url'),
      password,
    };
  }

  #inProgress(heldUntil: Date): ApiError {
    const leftSeconds = Math.ceil((heldUntil.getTime() - this.#ports.clock.nowMs()) / 1_000);
    return new ApiError({
      status: 409,
      code: 'idempotency_in_progress',
      detail: 'The first request with this idempotency-key is still being carried out: ask again.',
      headers: { 'retry-after': String(Math.min(Math.max(leftSeconds, 1), 2)) },
    });
  }
}

function repeatAnswer(reply: FastifyReply, { status, body }: StoredAnswer): string | undefined {
  reply.status(status).header('idempotent-replayed', 'true');
  if (body === '') return undefined;
  reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}

function mismatch(): ApiError {
  return invalidAt(
    ['header', 'idempotency-key'],
    'This key was used for another request within the last 24 hours: send a new one.',
    'idempotency_mismatch',
  );
}
