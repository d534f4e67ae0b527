import { Inject, Injectable } from '@nestjs/common';
import type { Storage } from '@postrider/core';
import { SERVER_CONFIG } from '../config/server-config-token.js';
import type { ServerConfig } from '../config/server-config.js';

type Limits = Pick<ServerConfig, 'maxPending' | 'maxPendingPerApplication'>;

/** How many deliveries wait, as of the last look, and whether that is more than the store should be filled with. */
@Injectable()
export class QueueLevel {
  readonly #limits: Limits;
  #pending = 0;
  #fullApplications: ReadonlySet<string> = new Set();

  constructor(@Inject(SERVER_CONFIG) limits: Limits) {
    this.#limits = limits;
  }

  /** Notes that so many wait, and looks for the applications that are over their limit; there are none while few wait. */
  async note(pending: number, storage: Pick<Storage, 'listBacklogs'>, signal: AbortSignal): Promise<void> {
    this.#pending = pending;
    const { maxPendingPerApplication: minPending } = this.#limits;
    const isWorthALook = minPending > 0 && pending >= minPending;
    const full = isWorthALook ? await storage.listBacklogs({ minPending, signal }) : [];
    this.#fullApplications = new Set(full.map(({ applicationId }) => applicationId));
  }

  /** Nothing more should be accepted until workers have caught up. */
  get isFull(): boolean {
    return this.#limits.maxPending > 0 && this.#pending >= this.#limits.maxPending;
  }

  /** Nothing more should be accepted for this application. */
  isFullFor(applicationId: string): boolean {
    return this.#fullApplications.has(applicationId);
  }
}
