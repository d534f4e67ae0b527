/** How much of everything is done. Each field is an option of the command line, in kebab-case. */
export interface Scale {
  /** Measured rounds of each system, in turn, after one round that does not count. */
  readonly rounds: number;
  /** Messages per round of the quickest systems. */
  readonly messages: number;
  /** Publishers at work at once. */
  readonly connections: number;
  /** Applications that the messages go to in turn, each with one endpoint. */
  readonly applications: number;
  readonly payloadBytes: number;
  readonly largePayloadBytes: readonly number[];
  /** Fixed offered rate: how long, and how many messages per second (0: half of what the closed loop reached). */
  readonly offeredSeconds: number;
  readonly offeredRate: number;
  /** How long a server has nothing to do before load comes back. */
  readonly quietSeconds: number;
  readonly fanOutEndpoints: number;
  readonly slowDelayMs: number;
  /** Endpoints that answer slowly, and publishers that keep them busy. */
  readonly slowEndpoints: number;
  readonly slowConnections: number;
  readonly backlogMessages: number;
  /** Waiting rows of the dead endpoint, and hostile endpoints in the other case. */
  readonly isolationRows: number;
  /** Healthy endpoints beside the dead one. */
  readonly isolationHealthy: number;
  readonly isolationHostile: number;
  readonly isolationSeconds: number;
  readonly isolationRate: number;
  /** Length and number of the rounds beside hostile endpoints. */
  readonly hostileSeconds: number;
  readonly hostileRounds: number;
  /** Finished deliveries in the tables, in steps. */
  readonly growthRows: readonly number[];
  /** Batches of 200 that are timed at each step. */
  readonly growthBatches: number;
  /** Endpoints that messages go to while the cost of rollups is measured, and pairs of rounds, with and without. */
  readonly rollupEndpoints: readonly number[];
  readonly rollupRounds: number;
  readonly reportDeliveries: readonly number[];
  readonly reportEndpoints: readonly number[];
  readonly reportRuns: number;
  readonly soakSeconds: number;
  readonly knownEndpoints: number;
  readonly overloadSeconds: number;
  readonly overloadConnections: number;
  /** Rounds of the scenarios that start servers anew each time. */
  readonly starts: number;
  /** After so long a round ends with what has arrived by then. */
  readonly patienceSeconds: number;
}

export type ScaleName = 'smoke' | 'quick' | 'full';

const full: Scale = {
  rounds: 5,
  messages: 10_000,
  connections: 64,
  applications: 20,
  payloadBytes: 500,
  largePayloadBytes: [500, 20_000, 200_000],
  offeredSeconds: 10,
  offeredRate: 0,
  quietSeconds: 12,
  fanOutEndpoints: 50,
  slowDelayMs: 200,
  slowEndpoints: 200,
  slowConnections: 256,
  backlogMessages: 50_000,
  isolationRows: 1_000_000,
  isolationHealthy: 200,
  isolationHostile: 200,
  isolationSeconds: 5,
  isolationRate: 200,
  hostileSeconds: 60,
  hostileRounds: 2,
  growthRows: [0, 1_000_000, 5_000_000],
  growthBatches: 50,
  rollupEndpoints: [20, 1_000],
  rollupRounds: 11,
  reportDeliveries: [10_000_000, 100_000_000],
  reportEndpoints: [100, 1_000],
  reportRuns: 11,
  soakSeconds: 60,
  knownEndpoints: 100_000,
  overloadSeconds: 60,
  overloadConnections: 2_000,
  starts: 5,
  patienceSeconds: 120,
};

const quick: Scale = {
  ...full,
  rounds: 3,
  messages: 3_000,
  offeredSeconds: 2,
  quietSeconds: 1,
  backlogMessages: 5_000,
  isolationRows: 20_000,
  isolationSeconds: 0.8,
  hostileSeconds: 0.8,
  hostileRounds: 3,
  growthRows: [0, 20_000],
  growthBatches: 15,
  rollupEndpoints: [20],
  rollupRounds: 5,
  reportDeliveries: [10_000_000],
  reportEndpoints: [100],
  reportRuns: 5,
  soakSeconds: 5,
  knownEndpoints: 1_000,
  overloadSeconds: 3,
  overloadConnections: 1_000,
  starts: 1,
  patienceSeconds: 30,
};

const smoke: Scale = {
  ...quick,
  rounds: 1,
  messages: 50,
  connections: 8,
  applications: 5,
  offeredSeconds: 0.3,
  offeredRate: 150,
  quietSeconds: 0.1,
  fanOutEndpoints: 5,
  slowDelayMs: 20,
  slowEndpoints: 10,
  slowConnections: 10,
  backlogMessages: 50,
  isolationRows: 50,
  isolationHealthy: 5,
  isolationHostile: 3,
  isolationSeconds: 0.2,
  isolationRate: 100,
  hostileSeconds: 0.2,
  hostileRounds: 1,
  growthRows: [0, 200],
  growthBatches: 2,
  rollupEndpoints: [5],
  rollupRounds: 1,
  reportDeliveries: [10_000],
  reportEndpoints: [10],
  reportRuns: 2,
  soakSeconds: 0.5,
  knownEndpoints: 50,
  overloadSeconds: 0.5,
  overloadConnections: 50,
  starts: 1,
  patienceSeconds: 20,
};

const scales: Readonly<Record<ScaleName, Scale>> = { smoke, quick, full };

/** Options of `parseArgs` for every field. */
export const scaleOptions = Object.fromEntries(
  Object.keys(full).map((field) => [toOption(field), { type: 'string' as const }]),
);

/**
 * The scale of this name, with what the command line says otherwise. Lists are separated by commas.
 *
 * @throws when a value is not a number of 0 or more.
 */
export function chooseScale(name: string, values: Readonly<Record<string, unknown>>): Scale {
  const base = Object.hasOwn(scales, name) ? scales[name as ScaleName] : undefined;
  if (base === undefined) throw new Error(`The scale is ${name}; there are ${Object.keys(scales).join(', ')}.`);
  const chosen = Object.entries(base).map(([field, preset]: [string, number | readonly number[]]) => {
    const text = values[toOption(field)];
    if (typeof text !== 'string') return [field, preset];
    const numbers = text.split(',').map(Number);
    if (numbers.some((number) => !(number >= 0))) {
      throw new Error(`--${toOption(field)} is ${text}; expected numbers of 0 or more.`);
    }
    return [field, typeof preset === 'number' ? numbers[0] : numbers];
  });
  return Object.fromEntries(chosen) as Scale;
}

function toOption(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
