import { type Clock, type Logger, type SharedClock, type Storage, type Timer } from '@postrider/core';

/** How often the clocks are compared. */
const compareEveryMs = 10_000;
const storageDeadlineMs = 3_000;
/** The first of a process is slow, and so is its error large; it would be corrected by a jump. The quickest one counts. */
const firstReadings = 5;
/** With a smaller error than this a jump is nothing that anybody sees. */
const goodErrorMs = 10;
/** From here on the log says that the clock of this machine is wrong. */
const worthAWarningMs = 5_000;

interface Reading {
  /** What is to be added to the monotonic clock, give or take `errorMs`; absent when storage has not told its time. */
  readonly foundMs: number | undefined;
  readonly errorMs: number;
  /** `false` for a storage that has no clock of its own. */
  readonly hasClock: boolean;
}

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

  const readOrigin = async (): Promise<Reading> => {
    const { now, latencyMs, healthy } = await storage.health({ signal: AbortSignal.timeout(storageDeadlineMs) });
    // It was read somewhere within the round trip.
    const errorMs = latencyMs / 2;
    return {
      foundMs: now && now.getTime() + errorMs - clock.monotonicMs(),
      errorMs,
      hasClock: !healthy || now !== undefined,
    };
  };

  /** The best of at most so many readings, as soon as one is good enough. */
  const readBest = async (readings: number): Promise<Reading> => {
    let best = await readOrigin();
    for (let n = 1; n < readings && best.foundMs !== undefined && best.errorMs > goodErrorMs; n += 1) {
      const next = await readOrigin();
      if (next.foundMs !== undefined && next.errorMs < best.errorMs) best = next;
    }
    return best;
  };

  /** `false` when there is nothing to follow. */
  const compare = async (readings = 1): Promise<boolean> => {
    const { foundMs, errorMs, hasClock } = await readBest(readings);
    if (foundMs === undefined) return hasClock;
    // A difference smaller than the error is none.
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
      if (await compare(firstReadings)) compareLater();
    },
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
}
