import { type Clock, type Logger, type SharedClock, type Storage, type Timer } from '@postrider/core';

/** How often the clocks are compared. */
const compareEveryMs = 10_000;
const storageDeadlineMs = 3_000;
/** From here on the log says that the clock of this machine is wrong. */
const worthAWarningMs = 5_000;

export interface FollowingClock extends SharedClock {
  /** Compares for the first time, so that nothing that starts later goes by the wrong time. */
  start(): Promise<void>;
  stop(): void;
}

/**
 * A wall clock that goes as the storage's does. Between two comparisons it counts on by the monotonic clock, so that
 * it does not jump when somebody sets the clock of this machine. A storage without a clock of its own leaves it to the
 * machine.
 */
export function createFollowingClock(deps: {
  readonly clock: Clock;
  readonly storage: Pick<Storage, 'health'>;
  readonly logger: Logger;
}): FollowingClock {
  const { clock, storage, logger } = deps;
  /** What is added to the monotonic clock; absent until the storage has told its time. */
  let originMs: number | undefined;
  let timer: Timer | undefined;
  let isStopped = false;
  let isOff = false;
  const nowMs = (): number => (originMs === undefined ? clock.nowMs() : Math.floor(originMs + clock.monotonicMs()));
  const hostAheadMs = (): number => clock.nowMs() - nowMs();

  /** `false` when there is nothing to follow. */
  const compare = async (): Promise<boolean> => {
    const health = await storage.health({ signal: AbortSignal.timeout(storageDeadlineMs) });
    if (health.now === undefined) return !health.healthy;
    // It was read somewhere within the round trip: a difference smaller than that is none.
    const errorMs = health.latencyMs / 2;
    const foundMs = health.now.getTime() + errorMs - clock.monotonicMs();
    if (originMs === undefined || Math.abs(foundMs - originMs) > errorMs + 1) originMs = foundMs;
    tell();
    return true;
  };

  const tell = (): void => {
    const aheadMs = hostAheadMs();
    const wasOff = isOff;
    isOff = Math.abs(aheadMs) > worthAWarningMs;
    if (isOff && !wasOff) {
      logger.warn('The clock of this machine is wrong: times are taken from storage', { hostAheadMs: aheadMs });
    } else if (wasOff && !isOff) {
      logger.info('The clock of this machine agrees with storage again', { hostAheadMs: aheadMs });
    }
  };

  const compareLater = (): void => {
    if (isStopped) return;
    timer = clock.setTimeout(() => void compare().then(compareLater, compareLater), compareEveryMs);
    timer.unref();
  };

  return {
    now: () => new Date(nowMs()),
    nowMs,
    monotonicMs: () => clock.monotonicMs(),
    setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
    sleep: (params) => clock.sleep(params),
    get hostAheadMs() {
      return hostAheadMs();
    },
    start: async () => {
      if (await compare()) compareLater();
    },
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
}
