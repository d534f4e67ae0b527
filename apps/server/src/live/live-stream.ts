import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '@postrider/core';
import type { LiveEvent } from './live-event.js';
import type { Watcher } from './live-feed.js';

const heartbeatMs = 15_000;
const checkMs = 5_000;
/** What may wait for a slow reader beyond what the network takes; then it is cut off, and may come back. */
const maxWaitingBytes = 256 * 1_024;

export interface LiveStreamParams {
  readonly response: ServerResponse;
  readonly clock: Clock;
  readonly isWanted: (event: LiveEvent) => boolean;
  /** Whether the key that opened the stream is still good for it. */
  readonly mayGoOn: () => Promise<boolean>;
  /** The stream has ended, by either side. */
  readonly ended: () => void;
}

/** One stream of server-sent events. */
export class LiveStream implements Watcher {
  readonly #params: LiveStreamParams;
  readonly #timers: Timer[];
  #isOver = false;

  constructor(params: LiveStreamParams) {
    this.#params = params;
    const { response, clock } = params;
    response.on('close', () => this.#finish());
    response.on('error', () => this.#finish());
    response.write('retry: 2000\n\n');
    const every = (ms: number, work: () => void): void => {
      const index = this.#timers.length;
      const run = (): void => {
        if (this.#isOver) return;
        work();
        this.#timers[index] = clock.setTimeout(run, ms);
      };
      this.#timers.push(clock.setTimeout(run, ms));
    };
    this.#timers = [];
    every(heartbeatMs, () => this.#write(': still here\n\n'));
    every(checkMs, () => void this.#check());
  }

  next(event: LiveEvent): void {
    if (!this.#params.isWanted(event)) return;
    this.#write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`);
  }

  gap(): void {
    this.#write('event: gap\ndata: {}\n\n');
  }

  /** Ends the stream; the client may connect again, here or to another replica. */
  end(): void {
    if (!this.#isOver) this.#params.response.end();
    this.#finish();
  }

  #write(text: string): void {
    const { response } = this.#params;
    if (this.#isOver) return;
    if (response.writableLength > maxWaitingBytes) {
      response.destroy();
      this.#finish();
      return;
    }
    response.write(text);
  }

  async #check(): Promise<void> {
    try {
      if (!(await this.#params.mayGoOn())) this.end();
    } catch {
      // The store is away: what was allowed before goes on.
    }
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const timer of this.#timers) timer.cancel();
    this.#params.ended();
  }
}
