import type { Clock, Logger } from '@postrider/core';
import type { AlertChannel, AlertEvent } from '../ports/alert-channel.js';

const notifyTimeoutMs = 10_000;

/** Gives events to one channel, in order and one at a time. A channel that fails or hangs delays only itself. */
export class ChannelQueue {
  readonly #channel: AlertChannel;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #last: Promise<void> = Promise.resolve();

  constructor(channel: AlertChannel, deps: { readonly clock: Clock; readonly logger: Logger }) {
    this.#channel = channel;
    this.#clock = deps.clock;
    this.#logger = deps.logger;
  }

  /** Resolves when the channel has taken the event, refused it, or run out of time. Never rejects. */
  async send(event: AlertEvent): Promise<void> {
    const sent = this.#last.then(async () => this.#notify(event));
    this.#last = sent;
    return sent;
  }

  async #notify(event: AlertEvent): Promise<void> {
    const abort = new AbortController();
    let timer: { cancel(): void } | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = this.#clock.setTimeout(() => {
        const error = new Error(`the channel took longer than ${String(notifyTimeoutMs)} ms`);
        reject(error);
        abort.abort(error);
      }, notifyTimeoutMs);
    });
    try {
      await Promise.race([this.#start(event, abort.signal), timeout]);
    } catch (error) {
      const { kind, alert } = event;
      this.#logger.error('alert channel failed', { channel: this.#channel.name, kind, alertId: alert.id, error });
    } finally {
      timer?.cancel();
    }
  }

  // Async, so that a channel that throws at once rejects like any other.
  async #start(event: AlertEvent, signal: AbortSignal): Promise<void> {
    await this.#channel.notify(event, { signal });
  }
}
