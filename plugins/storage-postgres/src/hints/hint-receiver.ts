import type { Clock, Logger } from '@postrider/core';
import pg from 'pg';
import { hintChannel, parseHintMessage, type HintMessage } from './hint-message.js';

export interface HintReceiverParams {
  /** Of a connection that is this session's alone: LISTEN does not work through a transaction pooler. */
  readonly connection: pg.ClientConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sender: { readonly from: string; readonly schema: string };
  readonly heartbeatMs: number;
  readonly received: (message: HintMessage) => void;
  readonly connected: () => void;
}

/** Between an attempt to connect that failed and the next. */
const reconnectAfterMs = 1_000;

/**
 * Keeps one connection that listens. A connection can die without a word, so it sends itself a hint every `heartbeatMs`
 * and is given up when one does not come back before the next is due.
 *
 * connecting → listening → (lost) → waiting → connecting …, until `stop`.
 */
export class HintReceiver {
  readonly #params: HintReceiverParams;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #isConnected = false;

  constructor(params: HintReceiverParams) {
    this.#params = params;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The storage was closed.'));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, logger } = this.#params;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#listen(signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.warn('Hints of other processes do not arrive at present; polls and TTLs take their place', { error });
      }
      await clock.sleep({ delayMs: reconnectAfterMs, signal }).catch(() => undefined);
    }
  }

  /** Rejects when the connection is lost or does not answer. */
  async #listen(signal: AbortSignal): Promise<void> {
    const { connection, heartbeatMs } = this.#params;
    const client = new pg.Client({ ...connection, query_timeout: heartbeatMs });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => undefined);
    client.on('error', lost.reject);
    client.on('end', () => lost.reject(new Error('The connection was closed.')));
    const onAbort = () => lost.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await Promise.race([client.connect(), lost.promise]);
      await Promise.race([this.#hear(client), lost.promise]);
    } finally {
      this.#isConnected = false;
      signal.removeEventListener('abort', onAbort);
      // `end` says goodbye and waits for an answer, which a dead connection never gives.
      client.end().catch(() => undefined);
      client.connection.stream.destroy();
    }
  }

  async #hear(client: pg.Client): Promise<never> {
    const { clock, sender, heartbeatMs, received, connected } = this.#params;
    let heardAtMs = clock.monotonicMs();
    client.on('notification', ({ payload }) => {
      heardAtMs = clock.monotonicMs();
      const message = parseHintMessage(payload);
      if (message !== undefined && message.schema === sender.schema && message.from !== sender.from) received(message);
    });
    await client.query(`LISTEN ${hintChannel}`);
    this.#isConnected = true;
    connected();
    const heartbeat = JSON.stringify({ ...sender, kind: 'heartbeat' } satisfies HintMessage);
    for (;;) {
      const sentAtMs = clock.monotonicMs();
      await client.query('SELECT pg_notify($1, $2)', [hintChannel, heartbeat]);
      await clock.sleep({ delayMs: heartbeatMs, signal: this.#stopping.signal });
      if (heardAtMs < sentAtMs) throw new Error(`A heartbeat did not come back within ${String(heartbeatMs)} ms.`);
    }
  }
}
