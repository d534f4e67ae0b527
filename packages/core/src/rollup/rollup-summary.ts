import type { Rollup } from './rollup.js';
import { addRollupSums, emptyRollupSums, type MutableRollupSums, type RollupSums } from './rollup-sums.js';

/** Delivered, dead-lettered, attempts, failed attempts. */
export type QuarterCounts = readonly [
  delivered: number,
  deadLettered: number,
  attempts: number,
  failedAttempts: number,
];

/** Minutes that the buckets of summaries span: a minute, an hour, a day (UTC). */
export type SummarySpan = 1 | 60 | 1440;

/**
 * What a summary counts: everything of the environment, or of one application, or of one endpoint, each over all
 * event types or one. `''` stands for all. So a report reads one row per bucket, however many endpoints there are.
 */
export interface SummaryScope {
  readonly environmentId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly eventType: string;
}

/** Counts of one scope in one bucket, of all writers. */
export interface RollupSummary extends SummaryScope, RollupSums {
  /** Beginning of the bucket: a full minute, hour or day. */
  readonly bucketAt: Date;
  readonly spanMinutes: SummarySpan;
  /**
   * The deliveries by quarter of an hour, counted from `bucketAt`, so that hours and days of any time zone can be
   * told: their offsets are multiples of it. Quarters in which nothing was counted are missing.
   */
  readonly quarters: Readonly<Record<string, QuarterCounts>>;
}

/** A summary that grows. */
export type MutableRollupSummary = Omit<RollupSummary, keyof RollupSums | 'quarters'> &
  MutableRollupSums & { quarters: Record<string, QuarterCounts> };

const quarterMs = 15 * 60_000;

/** A minute of one writer as a summary of one minute. */
export function toMinuteSummary(rollup: Rollup): RollupSummary {
  const { writerId: _writerId, ...rest } = rollup;
  return { ...rest, spanMinutes: 1, quarters: quartersOf(rollup) };
}

/** The scopes that a rollup counts in. */
function scopesOf({ environmentId, applicationId, endpointId, eventType }: SummaryScope): readonly SummaryScope[] {
  return ['', eventType].flatMap((type) => [
    { environmentId, applicationId: '', endpointId: '', eventType: type },
    { environmentId, applicationId, endpointId: '', eventType: type },
    { environmentId, applicationId, endpointId, eventType: type },
  ]);
}

/** Identifies a summary. */
export function summaryKey(summary: SummaryScope & Pick<RollupSummary, 'spanMinutes' | 'bucketAt'>): string {
  const { environmentId, applicationId, endpointId, eventType, spanMinutes, bucketAt } = summary;
  return [environmentId, applicationId, endpointId, eventType, spanMinutes, bucketAt.getTime()].join('|');
}

/**
 * Merges rollups and summaries into longer buckets, scope by scope: minutes of writers into hours, hours into days.
 * What is stored of these buckets already is added with `addSummary` before the result is stored.
 */
export class SummaryMerge {
  readonly #spanMinutes: SummarySpan;
  readonly #merged = new Map<string, MutableRollupSummary>();

  constructor(spanMinutes: 60 | 1440) {
    this.#spanMinutes = spanMinutes;
  }

  /** By `summaryKey`. */
  get merged(): ReadonlyMap<string, RollupSummary> {
    return this.#merged;
  }

  /** Adds a minute of one writer to all its scopes. */
  addRollup(rollup: Rollup): void {
    for (const scope of scopesOf(rollup)) this.#add(scope, rollup, quartersOf(rollup));
  }

  /** Adds a summary of the same or a shorter span to its scope. */
  addSummary(summary: RollupSummary): void {
    this.#add(summary, summary, summary.quarters);
  }

  #add(
    scope: SummaryScope,
    { bucketAt, ...sums }: RollupSums & { readonly bucketAt: Date },
    quarters: RollupSummary['quarters'],
  ): void {
    const spanMs = this.#spanMinutes * 60_000;
    const startMs = Math.floor(bucketAt.getTime() / spanMs) * spanMs;
    const bucket = { bucketAt: new Date(startMs), spanMinutes: this.#spanMinutes };
    const key = summaryKey({ ...scope, ...bucket });
    let total = this.#merged.get(key);
    if (total === undefined) {
      const { environmentId, applicationId, endpointId, eventType } = scope;
      total = { environmentId, applicationId, endpointId, eventType, ...bucket, ...emptyRollupSums(), quarters: {} };
      this.#merged.set(key, total);
    }
    addRollupSums(total, sums);
    const offset = Math.floor((bucketAt.getTime() - startMs) / quarterMs);
    for (const [quarter, counts] of Object.entries(quarters)) {
      const index = String(offset + Number(quarter));
      total.quarters[index] = addQuarters(total.quarters[index], counts);
    }
  }
}

function quartersOf(sums: RollupSums): RollupSummary['quarters'] {
  const { delivered, deadLettered, attempts, failedAttempts } = sums;
  if (delivered + deadLettered + attempts === 0) return {};
  return { 0: [delivered, deadLettered, attempts, failedAttempts] };
}

function addQuarters(a: QuarterCounts | undefined, b: QuarterCounts): QuarterCounts {
  return a === undefined ? b : [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
}
