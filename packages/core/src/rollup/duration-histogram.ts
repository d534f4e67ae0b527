/**
 * Durations as counts in logarithmic bins: a sparse DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable
 * quantile sketch with relative-error guarantees", VLDB 2019) with 1 % relative accuracy. Two histograms merge by
 * adding their counts.
 */

/** Bin number → count. Keys are integers in decimal. */
export type DurationHistogram = Readonly<Record<string, number>>;

/** A quantile read from a histogram is within this relative distance of the true one. */
export const durationAccuracy = 0.01;

const gamma = (1 + durationAccuracy) / (1 - durationAccuracy);
const inverseLogGamma = 1 / Math.log(gamma);
/** Shorter durations count as this long, in milliseconds: below it the clock's resolution is the error. */
const shortestMs = 0.01;

/** The bin of a duration: bin `b` holds the durations in (γ^(b-1), γ^b] milliseconds. */
export function durationBin(durationMs: number): number {
  // Bin 0, not -0: a number that is no small integer would make arrays of bins twice as large.
  return Math.ceil(Math.log(Math.max(durationMs, shortestMs)) * inverseLogGamma) + 0;
}

/** The duration, in milliseconds, that stands for all durations of a bin. */
export function binDurationMs(bin: number): number {
  return (2 * gamma ** bin) / (gamma + 1);
}

/** The `quantile` (0–1) of the durations, in milliseconds; `undefined` when there are none. */
export function durationQuantileMs(histogram: DurationHistogram, quantile: number): number | undefined {
  const bins = Object.entries(histogram)
    .map(([bin, count]) => ({ bin: Number(bin), count }))
    .sort((a, b) => a.bin - b.bin);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const rank = quantile * (total - 1);
  let seen = 0;
  for (const { bin, count } of bins) {
    seen += count;
    if (seen > rank) return binDurationMs(bin);
  }
  return undefined;
}
