import { pino } from 'pino';
import type { Logger } from '@postrider/core';
import type { ServerConfig } from '../config/server-config.js';
import { createPinoLogger } from '../logging/pino-logger.js';

const standardError = 2;

/** The log of this process, on standard error: standard output belongs to what a person asked to see. */
export interface ProcessLog {
  readonly logger: Logger;
  /** Writes out what is still buffered; the last thing before the process exits. */
  flush(): void;
}

export function createProcessLog(
  config: Pick<ServerConfig, 'logLevel' | 'apiKey' | 'databaseUrl' | 'secretsKeys'>,
): ProcessLog {
  // Not synchronous: a slow reader of the log must not hold up requests.
  const destination = pino.destination({ fd: standardError, sync: false });
  const sealing = config.secretsKeys.map((key) => Buffer.from(key).toString('base64'));
  const secrets = [config.apiKey, config.databaseUrl, ...sealing].filter((secret) => secret !== undefined);
  return {
    logger: createPinoLogger({ level: config.logLevel, destination, secrets }),
    flush: () => {
      try {
        destination.flushSync();
      } catch {
        // Nobody reads standard error any more, so there is nobody to tell.
      }
    },
  };
}
