import assert from 'node:assert/strict';
import type { OrderingFailurePolicy } from '../../../domain/ordering.js';
import { newEndpoint } from '../fixtures.js';
import { at } from '../instants.js';
import { publish } from '../publishing.js';
import { defineCommand, type QueueCommand } from './queue-command.js';
import { end, handOut, pick } from './queue-model.js';

export function waitCommand(params: { seconds: number }): QueueCommand {
  return defineCommand({
    name: 'wait',
    params,
    run: async ({ model, seconds }) => {
      model.nowSeconds += seconds;
    },
  });
}

/** Appends a message for some endpoints, with a lease for each delivery, a place in a line, or neither. */
export function appendCommand(params: {
  endpoints: readonly number[];
  dueInSeconds: number;
  leaseSeconds?: number | undefined;
  line?: { readonly key: string; readonly onFailure: OrderingFailurePolicy } | undefined;
}): QueueCommand {
  return defineCommand({
    name: 'append',
    params,
    run: async ({ model, tenant, endpoints, dueInSeconds, line, ...given }) => {
      const endpointIds = [...new Set(endpoints.map((index) => pick(model.endpoints, index).id))];
      const leaseSeconds = line === undefined ? given.leaseSeconds : undefined;
      const leaseUntil = leaseSeconds === undefined ? undefined : model.nowSeconds + leaseSeconds;
      const lease = leaseUntil === undefined ? undefined : { workerId: 'worker-0', leaseUntil: at(leaseUntil) };
      const dueAt = model.nowSeconds + dueInSeconds;
      const createdAt = at(model.nowSeconds);
      const { message, deliveries } = await publish(tenant, {
        ...{ endpointIds, createdAt, dueAt: at(dueAt), lease, ordering: line },
      });
      for (const { id, endpointId } of deliveries) {
        model.deliveries.set(id, {
          ...{ id, messageId: message.id, endpointId, dueAt, leaseUntil },
          status: lease ? 'in_flight' : 'pending',
          leaseToken: lease ? 1 : 0,
          ...{ attemptCount: 0, unknownAttempts: 0, line },
        });
        const { applicationId } = tenant;
        if (lease) handOut(model, { applicationId, messageId: message.id, deliveryId: id, leaseToken: 1 });
      }
    },
  });
}

export function expediteCommand(choice: { delivery: number; dueInSeconds: number }): QueueCommand {
  return defineCommand({
    name: 'expedite',
    params: choice,
    isPossible: (model) => model.deliveries.size > 0,
    run: async ({ model, tenant, dueInSeconds, ...chosen }) => {
      const { world, environmentId, applicationId } = tenant;
      const delivery = pick([...model.deliveries.values()], chosen.delivery);
      const { messageId, id: deliveryId } = delivery;
      const dueAt = model.nowSeconds + dueInSeconds;
      const where = { environmentId, applicationId, messageId, deliveryId };
      const isPending = delivery.status === 'pending';
      assert.equal(await world.storage.expediteDelivery({ ...where, dueAt: at(dueAt) }), isPending);
      if (isPending) delivery.dueAt = dueAt;
    },
  });
}

/** Cancels a delivery in any state. */
export function cancelCommand(choice: { delivery: number }): QueueCommand {
  return defineCommand({
    name: 'cancel',
    params: choice,
    isPossible: (model) => model.deliveries.size > 0,
    run: async ({ model, tenant, ...chosen }) => {
      const { world, environmentId, applicationId } = tenant;
      const delivery = pick([...model.deliveries.values()], chosen.delivery);
      const { messageId, id: deliveryId, status } = delivery;
      const cancelledAt = at(model.nowSeconds);
      const attemptId = world.id('atmpt_', cancelledAt);
      const path = { environmentId, applicationId, messageId, deliveryId };
      const { outcome } = await world.storage.cancelDelivery({ ...path, attemptId, cancelledAt });
      const isUnfinished = status === 'pending' || status === 'in_flight';
      assert.equal(outcome, isUnfinished ? 'cancelled' : 'ended');
      if (!isUnfinished) return;
      if (status === 'in_flight') delivery.unknownAttempts += 1;
      end(delivery, 'cancelled', 'requested');
    },
  });
}

/** Disables an enabled endpoint, enables a disabled one. */
export function toggleCommand(choice: { endpoint: number }): QueueCommand {
  return defineCommand({
    name: 'toggle',
    params: choice,
    run: async ({ model, tenant, ...chosen }) => {
      const endpoint = pick(model.endpoints, chosen.endpoint);
      endpoint.version += 1;
      endpoint.disabled = !endpoint.disabled;
      const { id, version, disabled } = endpoint;
      const disabledReason = disabled ? 'manual' : undefined;
      const updatedAt = at(model.nowSeconds);
      const change = newEndpoint(tenant, { id, version, disabled, disabledReason, updatedAt });
      const { outcome } = await tenant.world.storage.replaceEndpoint({ endpoint: change });
      assert.equal(outcome, 'replaced');
      if (!disabled) return;
      for (const delivery of model.deliveries.values()) {
        if (delivery.endpointId !== id || delivery.status !== 'pending') continue;
        end(delivery, 'dead_letter', 'endpoint_disabled');
      }
    },
  });
}
