import type { Clock } from '@postrider/core';
import { exitCodes } from './exit-codes.js';
import type { ProcessLog } from './process-log.js';

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/** How long giving work back may take when the process was told twice to stop. */
const hurriedMs = 2_000;

export interface Supervised {
  /** Takes its time. */
  readonly stop: () => Promise<void>;
  /** Gives back what others can go on with, and nothing else. */
  readonly releaseWork: () => Promise<void>;
}

/**
 * Ties the life of the server to that of the process: the first SIGTERM or SIGINT stops it and exits with 0; a second
 * one gives work back and exits with 1; a third one exits with 1 at once, and so does a fault that nobody handled.
 * Returns how to end the process with an exit code.
 */
export function supervise(log: ProcessLog, clock: Clock, { stop, releaseWork }: Supervised): (code: number) => never {
  const { logger } = log;
  const exit = (code: number): never => {
    log.flush();
    process.exit(code);
  };
  const fail = (message: string, error: unknown) => {
    logger.error(message, { error });
    exit(exitCodes.failure);
  };
  let signals = 0;
  const obey = (signal: NodeJS.Signals): void => {
    signals += 1;
    if (signals === 1) {
      logger.info('Stopping', { signal });
      stop().then(
        () => exit(signals > 1 ? exitCodes.failure : exitCodes.ok),
        (error: unknown) => fail('The server did not stop cleanly', error),
      );
      return;
    }
    logger.warn('Told again to stop: not waiting any longer', { signal });
    if (signals > 2) exit(exitCodes.failure);
    const giveUp = (): never => exit(exitCodes.failure);
    clock.setTimeout(giveUp, hurriedMs);
    releaseWork().then(giveUp, (error: unknown) =>
      fail('Work could not be given back; its leases will run out', error),
    );
  };
  for (const signal of stopSignals) process.on(signal, () => obey(signal));
  process.on('uncaughtException', (error) => fail('A fault that nobody handled', error));
  process.on('unhandledRejection', (reason) => fail('A rejection that nobody handled', reason));
  return exit;
}
