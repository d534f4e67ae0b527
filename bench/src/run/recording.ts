import type { Measurement } from './context.ts';
import type { Samples, ScenarioResult } from './results.ts';

/** Collects what a scenario records. */
export class Recording {
  readonly #rows = new Map<string, Map<string, number[]>>();
  readonly #failures: Record<string, string> = {};
  readonly #startedAtMs = performance.now();

  record(row: string, measurement: Measurement): void {
    const metrics = this.#rows.get(row) ?? new Map<string, number[]>();
    this.#rows.set(row, metrics);
    for (const [metric, value] of Object.entries(measurement)) {
      // What cannot be known here is left out.
      if (!Number.isFinite(value)) continue;
      metrics.set(metric, [...(metrics.get(metric) ?? []), value]);
    }
  }

  fail(row: string, error: unknown): void {
    this.#failures[row] = error instanceof Error ? error.message : String(error);
  }

  finish(): ScenarioResult {
    const rows = [...this.#rows].map(([row, metrics]): [string, Samples] => [row, Object.fromEntries(metrics)]);
    return {
      finishedAt: new Date().toISOString(),
      tookSeconds: Math.round(performance.now() - this.#startedAtMs) / 1_000,
      rows: Object.fromEntries(rows),
      failures: this.#failures,
    };
  }
}
