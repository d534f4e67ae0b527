import type {
  BreakerAdmission,
  BreakerOutcome,
  BreakerPermit,
  BreakerPolicy,
  BreakerSnapshot,
} from '@postrider/resilience';
import type { BreakerChange } from '../ports/delivery-observer.js';

/** What an operator may say about a breaker: see `EndpointControl.forceBreaker`. */
export type ForcedState = 'isolated' | 'disabled' | 'closed';

/** A breaker changed its state. */
export type GateTransition = Pick<BreakerChange, 'from' | 'to' | 'cause' | 'at' | 'heard'>;

/**
 * The circuit breaker of one endpoint as its gate sees it: one that this process keeps for itself, or one that all workers
 * share. While it is closed nothing waits for anybody. Nothing here rejects.
 */
export interface GateBreaker {
  readonly state: BreakerSnapshot['state'];
  /** Rises with every transition; an operator's word outranks what workers decide while it travels. */
  readonly generation: number;
  snapshot(): BreakerSnapshot;
  /** May a request be made now? A promise only where others have to be asked. */
  acquire(): BreakerAdmission | Promise<BreakerAdmission>;
  /** The result of a request, once per permit. A promise where a decision may hang on what others say to it. */
  record(permit: BreakerPermit, outcome: BreakerOutcome): Promise<void> | undefined;
  /** Opens it, whatever was counted: see `Breaker.trip`. */
  trip(params: { readonly openMs: number }): void;
  force(to: ForcedState): Promise<void> | undefined;
  /** Goes on from a snapshot that was stored, when that is of a higher generation. */
  adopt(snapshot: BreakerSnapshot): void;
  /** A new one would do the same. */
  isIdle(): boolean;
}

export interface GateBreakerOptions {
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly policy: BreakerPolicy;
  readonly mayOpen: () => boolean;
  readonly onTransition: (transition: GateTransition) => void;
}
