import { isPostriderError, systemClock, systemRandom } from '@postrider/core';
import { readConfiguration, type Environment } from '../config/load-config.js';
import type { ServerConfig } from '../config/server-config.js';
import type { KeyAnnouncer } from '../lifecycle/key-announcer.js';
import { createServer, type PostriderServer } from '../server.js';
import { describeStartFailure } from './describe-start-failure.js';
import { exitCodeOf, exitCodes } from './exit-codes.js';
import { createProcessLog } from './process-log.js';
import { settleHeap } from './settle-heap.js';
import { supervise } from './supervise.js';
import { waitForStore } from './wait-for-store.js';

/**
 * Reads the configuration of the process; when it is wrong, says everything that is and exits with 78.
 * `defaults` stand in for variables that are not set; `adjust` has the last word, and may refuse, too.
 */
export function loadProcessConfig({
  defaults = {},
  adjust = (config) => config,
}: {
  readonly defaults?: Environment;
  readonly adjust?: (config: ServerConfig) => ServerConfig;
} = {}): ServerConfig {
  try {
    return adjust(readConfiguration({ ...defaults, ...process.env }, process.cwd()));
  } catch (error) {
    if (!isPostriderError(error, 'CONFIG_INVALID')) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(exitCodes.badConfiguration);
  }
}

/** Shows a generated key on standard output: the log is kept and shipped, and must not have it. */
export function printKey(key: string): void {
  process.stdout.write(`\nAPI key (shown once, keep it): ${key}\n\n`);
}

/** A server that answers, and the address it answers at. */
export interface RunningServer {
  readonly server: PostriderServer;
  readonly url: string;
}

/**
 * Starts the server of this process and supervises it. When it cannot start it says why in the log, calls
 * `announceFailure`, and exits with 78 when the configuration is at fault, else with 1. `onStop` runs after the server
 * has stopped.
 */
export async function startProcess(params: {
  readonly config: ServerConfig;
  readonly announceKey: KeyAnnouncer;
  readonly announceFailure?: (error: unknown) => void;
  readonly onStop?: () => Promise<void>;
}): Promise<RunningServer> {
  const { config, announceKey, announceFailure, onStop } = params;
  const log = createProcessLog(config);
  let server: PostriderServer | undefined;
  const waiting = new AbortController();
  const exit = supervise(log, systemClock, {
    stop: async () => {
      waiting.abort();
      await server?.close();
      await onStop?.();
    },
    releaseWork: async () => server?.releaseWork(),
  });
  try {
    const { signal } = waiting;
    await waitForStore({ config, clock: systemClock, random: systemRandom, logger: log.logger, signal });
    server = await createServer({
      config,
      clock: systemClock,
      random: systemRandom,
      logger: log.logger,
      announceKey,
      followStorage: true,
    });
    const { address, port, family } = await server.listen();
    settleHeap();
    return { server, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` };
  } catch (error) {
    // Told to stop before there was a server: that is no failure.
    if (waiting.signal.aborted && server === undefined) return exit(exitCodes.ok);
    log.logger.error(`The server cannot start: ${describeStartFailure(error)}`, { error });
    announceFailure?.(error);
    return exit(exitCodeOf(error));
  }
}
