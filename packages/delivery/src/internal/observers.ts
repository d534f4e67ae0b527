import type { Logger } from '@postrider/core';
import type { DeliveryObserver } from '../ports/delivery-observer.js';

/** Tells several observers, none of which can disturb the engine or another. */
export class Observers implements Required<DeliveryObserver> {
  readonly #logger: Logger;
  #observers: readonly DeliveryObserver[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Those to be told from now on. */
  set(observers: readonly DeliveryObserver[]): void {
    this.#observers = observers;
  }

  published(batch: Parameters<Required<DeliveryObserver>['published']>[0]): void {
    this.#tell((observer) => observer.published?.(batch));
  }

  recorded(batch: Parameters<Required<DeliveryObserver>['recorded']>[0]): void {
    this.#tell((observer) => observer.recorded?.(batch));
  }

  endpointFailing(failing: Parameters<Required<DeliveryObserver>['endpointFailing']>[0]): void {
    this.#tell((observer) => observer.endpointFailing?.(failing));
  }

  endpointDisabled(endpoint: Parameters<Required<DeliveryObserver>['endpointDisabled']>[0]): void {
    this.#tell((observer) => observer.endpointDisabled?.(endpoint));
  }

  breakersChanged(changes: Parameters<Required<DeliveryObserver>['breakersChanged']>[0]): void {
    this.#tell((observer) => observer.breakersChanged?.(changes));
  }

  postponed(postponements: Parameters<Required<DeliveryObserver>['postponed']>[0]): void {
    this.#tell((observer) => observer.postponed?.(postponements));
  }

  rateHeld(hold: Parameters<Required<DeliveryObserver>['rateHeld']>[0]): void {
    this.#tell((observer) => observer.rateHeld?.(hold));
  }

  egressBlocked(block: Parameters<Required<DeliveryObserver>['egressBlocked']>[0]): void {
    this.#tell((observer) => observer.egressBlocked?.(block));
  }

  egressSuspected(suspicion: Parameters<Required<DeliveryObserver>['egressSuspected']>[0]): void {
    this.#tell((observer) => observer.egressSuspected?.(suspicion));
  }

  #tell(tell: (observer: DeliveryObserver) => void): void {
    for (const observer of this.#observers) {
      try {
        tell(observer);
      } catch (error) {
        this.#logger.error('An observer of deliveries threw', { error });
      }
    }
  }
}
