import type { ContractServer } from '../load/contract.ts';
import type { StorageKind } from './deployment.ts';

/** The names by which systems are chosen and found in the results. */
export type SystemName =
  | 'null'
  | 'sqlite'
  | 'postgres'
  | 'postgres-2'
  | 'bare'
  | 'bullmq'
  | 'bullmq-fed'
  | 'pg-boss'
  | 'graphile-worker'
  | 'external';

/** Something that takes messages and delivers them as signed webhooks. */
export interface System {
  readonly name: SystemName;
  readonly title: string;
  /** What survives what, in a sentence for the report. */
  readonly durability: string;
  readonly needs?: 'postgres' | 'redis' | undefined;
  /** Of the messages of a scenario, how many it gets per round: a slow one would make a round last for minutes. */
  readonly share: number;
  /** Of Postrider: scenarios that start servers themselves need to know on what, and how many. */
  readonly deployment?: { readonly storage: StorageKind; readonly processes: number } | undefined;
  start(): Promise<RunningSystem>;
}

export interface RunningSystem {
  /** Where to publish; several are used in turn. Empty where messages are made inside: see `feed`. */
  readonly servers: readonly ContractServer[];
  /** Where publishing over HTTP is left out: makes messages for these addresses in its own process. */
  readonly feed?: ((order: FeedOrder) => Promise<void>) | undefined;
  /** Resident memory of all its Node.js processes, in bytes. */
  residentBytes(): number;
  /** Time of all its Node.js processes since they started, in microseconds. */
  nodeCpuMicroseconds(): number;
  /** The same of the server that keeps its data; all that it does for others counts too. `NaN` when there is none. */
  databaseCpuMicroseconds(): number;
  stop(): Promise<void>;
}

/** So many messages, so many of them under way at once, in turn to the addresses. */
export interface FeedOrder {
  readonly messages: number;
  readonly concurrency: number;
  readonly urls: readonly string[];
  readonly payloadBytes: number;
}
