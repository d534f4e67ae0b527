import type { Clock, HintListener, HintRelay, Logger } from '@postrider/core';
import type pg from 'pg';
import type { PostgresStorageConfig } from '../config.js';
import { connectionOptions } from '../database/pool.js';
import { HintReceiver } from './hint-receiver.js';
import { HintSender } from './hint-sender.js';

export interface PostgresHintRelayParams {
  readonly config: PostgresStorageConfig;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names this process among those of the database. */
  readonly processId: string;
}

/** A relay with a connection of its own. */
export interface PostgresHintRelay extends HintRelay {
  /** Begins to listen, in the background: a database that does not let us is no reason not to start. */
  start(): void;
  stop(): Promise<void>;
}

/** Heartbeats of the listening connection; one that is dead is noticed after twice this at the latest. */
const heartbeatMs = 2_000;

/** Hints by LISTEN and NOTIFY. Sends by the pool, receives on one connection of its own, unless `config.listen` is false. */
export function createPostgresHintRelay(params: PostgresHintRelayParams): PostgresHintRelay {
  const { config, pool, clock, logger, processId } = params;
  const listeners = new Set<{ readonly listener: HintListener }>();
  const sender = { from: processId, schema: config.schema };
  const outgoing = new HintSender({ pool, logger, sender });
  const incoming = new HintReceiver({
    connection: connectionOptions({ ...config, url: config.listenUrl ?? config.url }),
    clock,
    logger,
    sender,
    heartbeatMs,
    received: ({ kind, tags = [] }) => {
      if (kind === 'heartbeat') return;
      const hint = kind === 'work_due' ? ({ kind } as const) : ({ kind, tags } as const);
      for (const { listener } of [...listeners]) listener.received(hint);
    },
    connected: () => {
      for (const { listener } of [...listeners]) listener.connected();
    },
  });
  return {
    name: 'postgres',
    get isConnected() {
      return incoming.isConnected;
    },
    send: (hint) => outgoing.send(hint),
    subscribe: (listener) => {
      const subscription = { listener };
      listeners.add(subscription);
      return () => void listeners.delete(subscription);
    },
    start: () => {
      if (config.listen) incoming.start();
    },
    stop: async () => {
      await Promise.all([incoming.stop(), outgoing.idle()]);
    },
  };
}
