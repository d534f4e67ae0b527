import type { Storage } from '@postrider/core';
import type { DeliveryEngine } from '@postrider/delivery';

const pageLimit = 250;

/**
 * Cancels what is still to be delivered of the messages, then forgets their payloads. In this order nothing is sent of
 * a payload that is gone. Returns the ids that the application has. Safe to repeat.
 */
export async function forgetContents(
  { storage, delivery }: { readonly storage: Storage; readonly delivery: Pick<DeliveryEngine, 'cancelDelivery'> },
  params: { readonly environmentId: string; readonly applicationId: string; readonly messageIds: readonly string[] },
): Promise<readonly string[]> {
  const { environmentId, applicationId, messageIds } = params;
  for (const messageId of messageIds) {
    const { items } = await storage.listDeliveries({
      environmentId,
      filter: { applicationId, messageId, statuses: ['pending', 'in_flight'] },
      page: { limit: pageLimit, order: 'ascending' },
    });
    for (const { id: deliveryId } of items) {
      await delivery.cancelDelivery({ environmentId, applicationId, messageId, deliveryId });
    }
  }
  return storage.expungeMessages({ environmentId, applicationId, messageIds });
}
