import type { AttemptErrorKind } from '@postrider/core';
import type { Sender, SendRequest, SendResult } from '../../src/sender/sender.js';

/** Decides what comes of a request; a promise that stays open is a receiver that does not answer. */
export type Script = (request: SendRequest, index: number) => SendResult | Promise<SendResult>;

export interface ScriptedSender extends Sender {
  /** Every request, in the order of sending. */
  readonly requests: readonly SendRequest[];
  /** Requests that are not answered yet. */
  readonly open: number;
  /** The most requests that were open at once. */
  readonly peak: number;
  script: Script;
}

/** A response with this status. */
export function answer(statusCode: number, more: { retryAfter?: string; durationMs?: number } = {}): SendResult {
  return { kind: 'response', statusCode, body: `status ${statusCode}`, durationMs: 5, ...more };
}

/** A request without an answer. */
export function failure(error: AttemptErrorKind): SendResult {
  return { kind: 'error', error, durationMs: 5 };
}

/** A sender without a network: what comes of a request is decided by a script, and the signal is obeyed. */
export function createScriptedSender(script: Script = () => answer(200)): ScriptedSender {
  const requests: SendRequest[] = [];
  let open = 0;
  let peak = 0;
  const sender: ScriptedSender = {
    script,
    requests,
    get open() {
      return open;
    },
    get peak() {
      return peak;
    },
    send: async (request) => {
      requests.push(request);
      request.onWritten?.();
      open += 1;
      peak = Math.max(peak, open);
      try {
        const aborted = new Promise<SendResult>((resolve) => {
          request.signal?.addEventListener('abort', () => resolve(failure('aborted')), { once: true });
        });
        return await Promise.race([sender.script(request, requests.length - 1), aborted]);
      } finally {
        open -= 1;
      }
    },
    close: async () => undefined,
  };
  return sender;
}

/** A promise to be settled by hand. */
export function createGate<T>(): { readonly promise: Promise<T>; readonly open: (value: T) => void } {
  let open: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}
