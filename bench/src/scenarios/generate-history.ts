import { durationBin, type Rollup, type Storage } from '@postrider/core';

/** What was delivered before `now`. */
export interface History {
  readonly deliveries: number;
  readonly endpoints: number;
  readonly days: number;
  readonly now: Date;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const hoursKeptDays = 8;
const eventTypes = 5;
const endpointsPerApplication = 10;
const rowsPerWrite = 1_000;
/** Compaction runs every minute and leaves five. */
const minutesLeft = 6;

/** Shares of durations, in milliseconds: most around 80, a long tail. */
const durations = Array.from({ length: 300 }, (_, index) => 80 * Math.exp(2.2 * probit((index + 0.5) / 300)));

/**
 * Writes deliveries spread evenly over time and endpoints, and compacts them: one minute for each day that is kept as a
 * day, one for each hour that is kept as an hour, and every minute of the last ones. Returns how many rows were written.
 */
export async function generateHistory(storage: Storage, history: History): Promise<number> {
  const nowMs = history.now.getTime();
  const minutesFromMs = Math.floor(nowMs / minuteMs) * minuteMs - minutesLeft * minuteMs;
  const hoursFromMs = Math.ceil((nowMs - hoursKeptDays * dayMs) / dayMs) * dayMs;
  const startMs = Math.floor((nowMs - history.days * dayMs) / dayMs) * dayMs;
  const perMs = history.deliveries / (nowMs - startMs);
  let rows = 0;
  for (let atMs = startMs; atMs < nowMs;) {
    const spanMs = atMs < hoursFromMs ? dayMs : atMs < minutesFromMs ? hourMs : minuteMs;
    const endMs = atMs < minutesFromMs ? Math.min(atMs + spanMs, minutesFromMs) : Math.min(atMs + spanMs, nowMs);
    rows += await writeMinute(storage, { history, atMs, count: perMs * (endMs - atMs) });
    atMs = endMs;
  }
  await storage.compactRollups({
    hoursBefore: new Date(minutesFromMs),
    daysBefore: new Date(nowMs - hoursKeptDays * dayMs),
  });
  return rows;
}

async function writeMinute(
  storage: Storage,
  { history, atMs, count }: { history: History; atMs: number; count: number },
): Promise<number> {
  // Fewer deliveries than endpoints: some endpoints have one, the others none.
  const active = Math.min(history.endpoints, Math.round(count));
  const perEndpoint = active === 0 ? 0 : Math.max(1, Math.round(count / active));
  const rollups = Array.from({ length: active }, (_, index) => toRollup({ index, atMs, count: perEndpoint }));
  for (let from = 0; from < rollups.length; from += rowsPerWrite) {
    await storage.writeRollups({ rollups: rollups.slice(from, from + rowsPerWrite) });
  }
  return rollups.length;
}

function toRollup({ index, atMs, count }: { index: number; atMs: number; count: number }): Rollup {
  const failed = Math.floor(count / 50);
  const bins: Record<string, number> = {};
  const samples = Math.min(count, durations.length);
  for (let sample = 0; sample < samples; sample += 1) {
    const bin = durationBin(durations[Math.floor(((sample + 0.5) * durations.length) / samples)] ?? 1);
    bins[bin] = (bins[bin] ?? 0) + Math.floor(count / samples) + (sample < count % samples ? 1 : 0);
  }
  return {
    environmentId: 'default',
    applicationId: `app_${Math.floor(index / endpointsPerApplication)}`,
    endpointId: `ep_${index}`,
    eventType: `type.${index % eventTypes}`,
    bucketAt: new Date(Math.floor(atMs / minuteMs) * minuteMs),
    writerId: 'bench',
    ...{ attempts: count, failedAttempts: failed, retries: failed, maxAttemptNumber: 2 },
    ...{ delivered: count - failed, deadLettered: failed, cancelled: 0 },
    ...{ durationSumMs: count * 80, durationMinMs: 1, durationMaxMs: 9_000, durations: bins },
    errors: failed === 0 ? {} : { http_503: failed },
    events: {},
  };
}

/** The quantile of the normal distribution, roughly (logistic). */
function probit(share: number): number {
  return Math.log(share / (1 - share)) / 1.702 / 2;
}
