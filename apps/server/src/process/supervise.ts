import { exitCodes } from './exit-codes.js';
import type { ProcessLog } from './process-log.js';

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Ties the life of the server to that of the process: the first SIGTERM or SIGINT stops it and exits with 0, a second
 * one exits with 1 at once, and so does a fault that nobody handled. Returns how to end the process with an exit code.
 */
export function supervise(log: ProcessLog, stop: () => Promise<void>): (code: number) => never {
  const { logger } = log;
  const exit = (code: number): never => {
    log.flush();
    process.exit(code);
  };
  const fail = (message: string, error: unknown) => {
    logger.error(message, { error });
    exit(exitCodes.failure);
  };
  let stopping = false;
  for (const signal of stopSignals) {
    process.on(signal, () => {
      if (stopping) {
        logger.warn('Told a second time to stop: not waiting any longer', { signal });
        exit(exitCodes.failure);
      }
      stopping = true;
      logger.info('Stopping', { signal });
      stop().then(
        () => exit(exitCodes.ok),
        (error: unknown) => fail('The server did not stop cleanly', error),
      );
    });
  }
  process.on('uncaughtException', (error) => fail('A fault that nobody handled', error));
  process.on('unhandledRejection', (reason) => fail('A rejection that nobody handled', reason));
  return exit;
}
