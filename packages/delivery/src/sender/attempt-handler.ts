import type { AttemptErrorKind } from '@postrider/core';
import { errors, type Dispatcher } from 'undici';
import { blockReasonOf, type EgressBlockReason } from '../egress/errors.js';
import { isLasting, toErrorKind } from './error-kind.js';
import { maxKeptBodyBytes, toResponseText } from './response-text.js';

/** What is read of a response body before the connection is given up, in bytes. */
export const maxReadBodyBytes = 64 * 1024;

/** Informational responses (1xx) that may precede the final one; honest receivers send one or two. */
export const maxInformationalResponses = 32;

/** The end of one attempt, without its duration. */
export type AttemptEnd =
  | {
      readonly kind: 'response';
      readonly statusCode: number;
      readonly body: string;
      readonly retryAfter?: string | undefined;
    }
  | {
      readonly kind: 'error';
      readonly error: AttemptErrorKind;
      readonly cause?: unknown;
      readonly blocked?: EgressBlockReason;
    };

/**
 * Follows one request through undici and calls `onEnd` exactly once.
 *
 * - Until the status line: any error, and being cut off, is the outcome.
 * - From the status line on: the status is the outcome, and nothing that happens to the body changes it. A receiver
 *   that accepted a webhook would get it again, were a broken body a failure.
 */
export class AttemptHandler implements Dispatcher.DispatchHandler {
  readonly #onEnd: (end: AttemptEnd) => void;
  readonly #onWritten: (() => void) | undefined;
  readonly #kept: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #statusCode: number | undefined;
  #retryAfter: string | undefined;
  #bytesRead = 0;
  #informational = 0;
  #ended = false;

  constructor(onEnd: (end: AttemptEnd) => void, onWritten?: () => void) {
    this.#onEnd = onEnd;
    this.#onWritten = onWritten;
  }

  /** Ends the attempt now and closes its connection, or keeps it from starting when it still waits for one. */
  cutOff(error: 'timeout' | 'aborted'): void {
    this.#fail(this.#controller, error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A second start would repeat a request that the receiver may have had.
    const isFirst = this.#controller === undefined;
    this.#controller = controller;
    if (this.#ended || !isFirst) controller.abort(new errors.SocketError('other side closed'));
  }

  onRequestSent(): void {
    this.#onWritten?.();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (statusCode < 200) {
      this.#informational += 1;
      // A flood of them would cost this process more than the receiver.
      if (this.#informational > maxInformationalResponses) this.#fail(controller, 'protocol_error');
      return;
    }
    this.#statusCode = statusCode;
    const retryAfter = headers['retry-after'];
    this.#retryAfter = typeof retryAfter === 'object' ? retryAfter[0] : retryAfter;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#bytesRead < maxKeptBodyBytes) this.#kept.push(chunk);
    this.#bytesRead += chunk.length;
    // The rest may be endless; giving up the connection is cheaper than reading it.
    if (this.#bytesRead >= maxReadBodyBytes) controller.abort(new errors.RequestAbortedError());
  }

  onResponseEnd(): void {
    this.#end('protocol_error');
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#end(toErrorKind(cause), cause, isLasting(cause));
  }

  #fail(controller: Dispatcher.DispatchController | undefined, error: AttemptErrorKind): void {
    this.#end(error);
    controller?.abort(new errors.RequestAbortedError());
  }

  #end(error: AttemptErrorKind, cause?: unknown, lasting = false): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#statusCode === undefined) {
      const blocked = blockReasonOf(cause);
      const details = {
        ...(error === 'internal' && { cause }),
        ...(lasting && { lasting }),
        ...(blocked && { blocked }),
      };
      this.#onEnd({ kind: 'error', error, ...details });
      return;
    }
    const body = toResponseText(this.#kept);
    this.#onEnd({ kind: 'response', statusCode: this.#statusCode, body, retryAfter: this.#retryAfter });
  }
}
