import { Inject, Injectable } from '@nestjs/common';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';

/** How many deliveries wait, as of the last look, and whether that is more than the store should be filled with. */
@Injectable()
export class QueueLevel {
  readonly #maxPending: number;
  #pending = 0;

  constructor(@Inject(SERVER_CONFIG) config: Pick<ServerConfig, 'maxPending'>) {
    this.#maxPending = config.maxPending;
  }

  /** Notes what a look found. */
  note(pending: number): void {
    this.#pending = pending;
  }

  /** Nothing more should be accepted until workers have caught up. */
  get isFull(): boolean {
    return this.#maxPending > 0 && this.#pending >= this.#maxPending;
  }
}
