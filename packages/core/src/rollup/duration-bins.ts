import { durationBin, type DurationHistogram } from './duration-histogram.js';

/**
 * A histogram that grows: bin, count, bin, count, and so on, in the order in which bins came up. There is one for each
 * busy endpoint, and an object with its bins for keys holds an array as long as its highest bin. Bins are few: looking
 * for one from the start is quick, and a copy is a copy of an array.
 */
export type DurationBins = number[];

/** Counts one duration. */
export function countDuration(bins: DurationBins, durationMs: number): void {
  const bin = durationBin(durationMs);
  for (let at = 0; at < bins.length; at += 2) {
    if (bins[at] !== bin) continue;
    bins[at + 1] = (bins[at + 1] ?? 0) + 1;
    return;
  }
  bins.push(bin, 1);
}

/** The histogram, to be stored. */
export function toHistogram(bins: Readonly<DurationBins>): DurationHistogram {
  const histogram: Record<string, number> = {};
  for (let at = 0; at < bins.length; at += 2) histogram[bins[at] ?? 0] = bins[at + 1] ?? 0;
  return histogram;
}
