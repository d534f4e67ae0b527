import type { AttemptErrorKind } from '@postrider/core';
import type { EgressBlockReason } from '../egress/errors.js';

/** One request to be made. */
export interface SendRequest {
  /** As stored; judged anew at every send. */
  readonly url: string;
  /** Names in lower case. Sent as given, but for `host`, `content-length` and `accept-encoding`, which the sender sets. */
  readonly headers: Readonly<Record<string, string>>;
  /** Never empty: receivers' libraries refuse to verify an empty body. */
  readonly body: string | Uint8Array;
  /** The longest the attempt may take, in milliseconds: name resolution, connecting, TLS, headers and body together. */
  readonly deadlineMs: number;
  /** Cuts the attempt off. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when the whole request was handed to the operating system. Must not throw. */
  readonly onWritten?: (() => void) | undefined;
}

/** The receiver answered: its status line decides, whatever happened to the rest of the response. */
export interface SendResponse {
  readonly kind: 'response';
  readonly statusCode: number;
  /** The beginning of the body as text, at most 16 KiB, never decompressed; invalid UTF-8 is replaced. */
  readonly body: string;
  /** The header as received; the first when repeated. */
  readonly retryAfter?: string | undefined;
  /** From the call to the end of the attempt, with a fraction. */
  readonly durationMs: number;
}

/** There was no status line. */
export interface SendFailure {
  readonly kind: 'error';
  /** `aborted`: by the signal or by `close`. `internal`: the request itself could not be made; our own fault. */
  readonly error: AttemptErrorKind;
  /** Every request will fail alike: the name does not exist, or the certificate is refused. Default: `false`. */
  readonly lasting?: boolean | undefined;
  /** Set with `blocked_address`, for operators only: it says what kind of address stands there. */
  readonly blocked?: EgressBlockReason | undefined;
  readonly durationMs: number;
  /** Set with `internal`, for logs only: it may name addresses. */
  readonly cause?: unknown;
}

export type SendResult = SendResponse | SendFailure;

/** Makes webhook requests. Never follows a redirect, never repeats a request. */
export interface Sender {
  /** Makes one POST request. Never rejects, and settles soon after the deadline. May be called concurrently. */
  send(request: SendRequest): Promise<SendResult>;

  /** Cuts off what is under way (`aborted`) and closes all connections. May be called twice; later sends are `aborted`. */
  close(): Promise<void>;
}
