/** Thrown when a check takes more work than it may. */
export class TooMuchWork extends Error {
  constructor() {
    super('The check takes too much work.');
    this.name = 'TooMuchWork';
  }
}

let left = Infinity;

/** Notes work of the check under way; throws `TooMuchWork` when none is left. */
export function spend(units: number): void {
  left -= units;
  if (left < 0) throw new TooMuchWork();
}

/** Runs a synchronous check that may spend so many units: about 20 ns each. */
export function withWorkLimit<T>(units: number, check: () => T): T {
  left = units;
  try {
    return check();
  } finally {
    left = Infinity;
  }
}
