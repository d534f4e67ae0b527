import { defineExtensionPoint, type DeliveryOutcome, type Endpoint, type Message } from '@postrider/core';

/**
 * Hears what the engine did, for metrics, operational events and live views. Called after the commit, once per batch,
 * on the hot path: it must be quick and must not wait. What it throws is logged and changes nothing.
 * Facts of a process that dies right after a commit are never told: use storage where every one counts.
 */
export interface DeliveryObserver {
  /** Messages were stored; `commitMs` is how long their transaction took. */
  published?(batch: { readonly messages: readonly Message[]; readonly commitMs: number }): void;

  /** Outcomes were recorded, those that came too late left out. */
  recorded?(batch: { readonly outcomes: readonly DeliveryOutcome[]; readonly commitMs: number }): void;

  /** The engine disabled an endpoint. `endpoint` is as stored now. */
  endpointDisabled?(endpoint: Endpoint): void;
}

/** Where observers are contributed. */
export const deliveryObservers = defineExtensionPoint<DeliveryObserver>({ id: 'postrider.delivery.observers' });
