import type { Clock, IdGenerator, Storage } from '@postrider/core';

const pageLimit = 250;

/**
 * Cancels what is still to be delivered of the messages, then forgets their payloads. In this order nothing is sent of
 * a payload that is gone. Returns the ids that the application has. Safe to repeat.
 */
export async function forgetContents(
  { storage, clock, ids }: { readonly storage: Storage; readonly clock: Clock; readonly ids: IdGenerator },
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
      await storage.cancelDelivery({
        ...{ environmentId, applicationId, messageId, deliveryId },
        ...{ attemptId: ids.next('atmpt_'), cancelledAt: clock.now() },
      });
    }
  }
  return storage.expungeMessages({ environmentId, applicationId, messageIds });
}
