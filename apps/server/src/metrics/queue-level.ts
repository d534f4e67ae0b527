import { Inject, Injectable } from '@nestjs/common';
import type { QueueMeasure } from '@postrider/core';
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

  /** From so many on an application has a backlog that a look should find. */
  get backlogFrom(): number | undefined {
    return this.#limits.maxPendingPerApplication || undefined;
  }

  /** Notes what a look found. */
  note({ pending, backlogs }: Pick<QueueMeasure, 'pending' | 'backlogs'>): void {
    this.#pending = pending;
    this.#fullApplications = new Set(backlogs.map(({ applicationId }) => applicationId));
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
