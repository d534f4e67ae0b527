import { isPostriderError, type Clock, type Logger, type Random, type StorageAdmin } from '@postrider/core';
import type { ServerConfig } from '../config/server-config.js';
import { loadConfiguredPlugins } from '../plugins/configured-plugins.js';
import { wireStorage } from '../plugins/wire-storage.js';
import { openWaitingRoom, type WaitingRoom } from './waiting-room.js';

const firstDelayMs = 500;
const longestDelayMs = 10_000;

export interface WaitForStoreParams {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * Resolves once the database of the configuration answers, which it may not do yet when everything starts at once.
 * Meanwhile the process says so, in its log and over HTTP. Only for stores that are reached over a network and can be
 * asked; whatever else is wrong is left to the start itself. Rejects when the signal aborts or the port is taken.
 */
export async function waitForStore(params: WaitForStoreParams): Promise<void> {
  const { clock, random, logger, signal } = params;
  const admin = await findAdmin(params);
  if (admin === undefined) return;
  let room: WaitingRoom | undefined;
  try {
    for (let tries = 1; ; tries += 1) {
      const problem = await ask(admin, signal);
      if (problem === undefined) break;
      const delayMs = Math.round(Math.min(longestDelayMs, firstDelayMs * 2 ** (tries - 1)) * (0.5 + random.next() / 2));
      logger.warn('The database cannot be reached: waiting for it', { problem, tries, delayMs });
      room ??= await openWaitingRoom(params.config);
      await clock.sleep({ delayMs, signal });
    }
  } finally {
    await room?.close();
  }
  if (room !== undefined) logger.info('The database can be reached: starting');
}

async function findAdmin(params: WaitForStoreParams): Promise<StorageAdmin | undefined> {
  const { config, clock, random, logger } = params;
  try {
    const [entry] = await loadConfiguredPlugins(config, [config.storagePackage]);
    if (entry?.plugin.capabilities['multiProcess'] !== true) return undefined;
    const wired = await wireStorage({ entry, vaultOptions: { keys: [] }, clock, random, logger });
    return wired.admin;
  } catch (error) {
    // Said by the start itself, together with all else that is wrong.
    if (isPostriderError(error)) return undefined;
    throw error;
  }
}

/** What is wrong with the way to the database; `undefined` when it answers. */
async function ask(admin: StorageAdmin, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  try {
    await admin.inspectSchema({ signal });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return isPostriderError(error, 'STORAGE_UNAVAILABLE') ? error.message : undefined;
  }
}
