import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@postrider/core';
import { LOGGER } from '../logging/logger-token.js';

/** Something that operators should hear of. */
export interface OperationalEvent {
  /** A dotted name: `alert.raised`. */
  readonly type: 'alert.raised' | 'alert.escalated' | 'alert.resolved' | 'health.changed';
  /** Absent for what concerns the whole instance. */
  readonly environmentId?: string | undefined;
  readonly applicationId?: string | undefined;
  /** Plain data without secrets. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Where the parts of the server say what operators should hear of. */
@Injectable()
export abstract class OperationalEvents {
  /** Passes the event on in the background. Never throws. */
  abstract emit(event: OperationalEvent): void;
}

/** Writes operational events to the log, and does nothing else with them. */
@Injectable()
export class LoggedOperationalEvents extends OperationalEvents {
  readonly #logger: Logger;

  constructor(@Inject(LOGGER) logger: Logger) {
    super();
    this.#logger = logger;
  }

  override emit({ type, ...fields }: OperationalEvent): void {
    this.#logger.info(`Operational event ${type}`, { type, ...fields });
  }
}
