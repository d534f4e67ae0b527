import type { Hint, Logger } from '@postrider/core';
import type pg from 'pg';
import { hintChannel, toPayloads } from './hint-message.js';

export interface HintSenderParams {
  readonly pool: pg.Pool;
  readonly logger: Logger;
  readonly sender: { readonly from: string; readonly schema: string };
}

/** Far more than can wait while one statement runs, unless the database is away; then nobody could hear them. */
const maxWaitingTags = 10_000;

/** Sends hints by NOTIFY, one statement at a time: what comes while it runs leaves together with the next one. */
export class HintSender {
  readonly #params: HintSenderParams;
  readonly #tags = new Set<string>();
  #isWorkDue = false;
  #sending: Promise<void> | undefined;

  constructor(params: HintSenderParams) {
    this.#params = params;
  }

  send(hint: Hint): void {
    if (hint.kind === 'work_due') this.#isWorkDue = true;
    else for (const tag of hint.tags) if (this.#tags.size < maxWaitingTags) this.#tags.add(tag);
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
  }

  /** Resolves when what was to be sent has left or was dropped. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    const { pool, logger } = this.#params;
    for (let payloads = this.#take(); payloads.length > 0; payloads = this.#take()) {
      try {
        await pool.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [hintChannel, payloads]);
      } catch (error) {
        logger.warn('Other processes could not be told of a change; they will see it when their caches expire', {
          error,
        });
      }
    }
  }

  #take(): string[] {
    const { sender } = this.#params;
    const payloads = this.#isWorkDue ? toPayloads({ kind: 'work_due' }, sender) : [];
    if (this.#tags.size > 0) payloads.push(...toPayloads({ kind: 'invalidated', tags: [...this.#tags] }, sender));
    this.#isWorkDue = false;
    this.#tags.clear();
    return payloads;
  }
}
