import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { isId, type Delivery } from '@postrider/core';
import type { z } from 'zod';
import { AttemptsService } from '../attempts/attempts.service.js';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { conflict, notFound } from '../http/api-error.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import {
  deliveryDetail,
  deliveryList,
  deliveryOut,
  deliveryQuery,
  toDeliveryFilter,
  toDeliveryOut,
  toTimeline,
  type DeliveryDetail,
  type DeliveryOut,
  type DeliveryQuery,
} from './delivery.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'delivery'>;

const mostAttemptsShown = 250;

/** Deliveries of the whole environment: find them, see why they stand where they do, send them again, call them off. */
@Controller('deliveries')
export class DeliveriesController {
  readonly #ports: Ports;
  readonly #attempts: AttemptsService;

  constructor(@InjectHostPorts() ports: Ports, attempts: AttemptsService) {
    this.#ports = ports;
    this.#attempts = attempts;
  }

  @Get()
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Search deliveries, newest first', ok: deliveryList })
  async list(
    @EnvironmentId() environmentId: string,
    @Query({ schema: deliveryQuery }) query: DeliveryQuery,
  ): Promise<z.output<typeof deliveryList>> {
    const filter = {
      ...toDeliveryFilter(query),
      statuses: query.status && [query.status],
      messageId: query.msg_id,
    };
    const request = toListRequest(query, { parts: ['deliveries', environmentId, filter], defaultOrder: 'descending' });
    const page = await this.#ports.storage.listDeliveries({ environmentId, filter, page: request.page });
    return { data: page.items.map(toDeliveryOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Get(':delivery_id')
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Get a delivery, with why it stands where it does', ok: deliveryDetail })
  async get(@EnvironmentId() environmentId: string, @Param('delivery_id') deliveryId: string): Promise<DeliveryDetail> {
    const { storage } = this.#ports;
    const delivery = await this.#read(environmentId, deliveryId);
    const { applicationId, messageId, endpointId } = delivery;
    const [message, endpoint, attempts, first] = await Promise.all([
      storage.getMessage({ environmentId, applicationId, message: { id: messageId } }),
      storage.getEndpoint({ environmentId, applicationId, endpoint: { id: endpointId } }),
      storage.listAttempts({
        environmentId,
        applicationId,
        filter: { messageId, deliveryId },
        page: { limit: mostAttemptsShown, order: 'ascending' },
      }),
      delivery.status === 'pending'
        ? storage.findFirstInLine({ environmentId, applicationId, messageId, deliveryId })
        : undefined,
    ]);
    const why = toTimeline({ delivery, message, endpoint, attempts: attempts.items, first });
    return { ...toDeliveryOut(delivery), waitsFor: first?.id, why };
  }

  @Post(':delivery_id/retry')
  @HttpCode(202)
  @RequireScope('deliveries:replay')
  @ApiAnswers({
    summary: 'Send the message of a delivery to its endpoint again',
    accepted: deliveryOut,
    conflict: true,
  })
  async retry(@EnvironmentId() environmentId: string, @Param('delivery_id') deliveryId: string): Promise<DeliveryOut> {
    const { applicationId, messageId, endpointId } = await this.#read(environmentId, deliveryId);
    await this.#attempts.resend({ environmentId, applicationId, messageId, endpointId });
    const filter = { applicationId, messageId, endpointId };
    const page = { limit: 1, order: 'descending' } as const;
    const { items } = await this.#ports.storage.listDeliveries({ environmentId, filter, page });
    if (items[0] === undefined) throw notFound('delivery');
    return toDeliveryOut(items[0]);
  }

  @Post(':delivery_id/cancel')
  @HttpCode(200)
  @RequireScope('deliveries:replay')
  @ApiAnswers({ summary: 'Call a delivery off that has not ended', ok: deliveryOut, conflict: true })
  async cancel(@EnvironmentId() environmentId: string, @Param('delivery_id') deliveryId: string): Promise<DeliveryOut> {
    const { applicationId, messageId } = await this.#read(environmentId, deliveryId);
    const path = { environmentId, applicationId, messageId, deliveryId };
    const result = await this.#ports.delivery.cancelDelivery(path);
    if (result.outcome === 'missing') throw notFound('delivery');
    if (result.outcome === 'ended') {
      throw conflict('ended', `The delivery ended before: it is ${result.delivery.status}.`);
    }
    return toDeliveryOut(result.delivery);
  }

  async #read(environmentId: string, deliveryId: string): Promise<Delivery> {
    const found = isId(deliveryId, 'dlv_')
      ? await this.#ports.storage.getDelivery({ environmentId, deliveryId })
      : undefined;
    if (found === undefined) throw notFound('delivery');
    return found;
  }
}
