import type { Delivery } from '@postrider/core';
import type { EngineContext } from './internal/engine-context.js';
import type { ResendParams, ResendResult } from './ports/delivery.js';

/**
 * Delivers a stored message to one endpoint again. The newest delivery of the pair decides: a waiting one becomes due
 * now, one in flight is left alone, and only when it has ended (or there is none) a new one is added.
 */
export async function resend(context: EngineContext, params: ResendParams): Promise<ResendResult> {
  const { environmentId, applicationId, messageId, endpointId } = params;
  const { store } = context;
  const endpoint = await store.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } });
  if (endpoint === undefined) return { outcome: 'endpoint_missing' };
  if (endpoint.disabled) return { outcome: 'endpoint_disabled' };

  const newest = await newestDelivery(context, params);
  if (newest?.status === 'pending') {
    const dueAt = context.clock.now();
    const { id: deliveryId } = newest;
    if (await store.expediteDelivery({ environmentId, applicationId, messageId, deliveryId, dueAt })) {
      context.wake.notify();
      return { outcome: 'expedited', delivery: { ...newest, dueAt } };
    }
    // It left the state `pending` between the two statements, and does what it was asked to do.
    const now = await store.getDelivery({ environmentId, deliveryId });
    if (now?.status === 'in_flight') return { outcome: 'in_flight', delivery: now };
  }
  if (newest?.status === 'in_flight') return { outcome: 'in_flight', delivery: newest };
  return append(context, params);
}

async function newestDelivery(context: EngineContext, params: ResendParams): Promise<Delivery | undefined> {
  const { environmentId, applicationId, messageId, endpointId } = params;
  const { items } = await context.store.listDeliveries({
    environmentId,
    filter: { applicationId, messageId, endpointId },
    page: { limit: 1, order: 'descending' },
  });
  return items[0];
}

async function append(context: EngineContext, params: ResendParams): Promise<ResendResult> {
  const { environmentId, applicationId, messageId, endpointId } = params;
  const now = context.clock.now();
  const delivery = { id: context.ids.next('dlv_'), endpointId, trigger: 'manual', dueAt: now } as const;
  const result = await context.store.appendDelivery({ environmentId, applicationId, messageId, delivery, now });
  if (result.outcome === 'message_missing') return { outcome: 'message_missing' };
  context.wake.notify();
  return { outcome: 'appended', delivery: result.delivery };
}
