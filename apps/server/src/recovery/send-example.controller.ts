import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { EventType, Message } from '@postrider/core';
import { z } from 'zod';
import { RequireScope } from '../auth/route-access.js';
import { EndpointParameter, type EndpointPath } from '../endpoints/endpoint-parameter.js';
import { EndpointsService } from '../endpoints/endpoints.service.js';
import { conflict, invalidAt } from '../http/api-error.js';
import { JsonText } from '../http/json-text.js';
import { eventTypeName } from '../http/schemas/fields.js';
import { messageOut, toMessageJson } from '../messages/message.dto.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

const exampleIn = z
  .strictObject({ eventType: eventTypeName(), exampleIndex: z.int().min(0).max(1_000).nullish() })
  .meta({ id: 'EventExampleIn' });

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids'>;

/** Trying an endpoint out with a message that nobody else gets. */
@Controller('app/:app_id/endpoint/:endpoint_id/send-example')
export class SendExampleController {
  readonly #ports: Ports;
  readonly #endpoints: EndpointsService;

  constructor(@InjectHostPorts() ports: Ports, endpoints: EndpointsService) {
    this.#ports = ports;
    this.#endpoints = endpoints;
  }

  @Post()
  @HttpCode(200)
  @JsonText()
  @RequireScope('messages:write')
  @ApiAnswers({ summary: "Send an event type's example to the endpoint", ok: messageOut, conflict: true })
  async send(
    @EndpointParameter() path: EndpointPath,
    @Body({ schema: exampleIn }) { eventType: name, exampleIndex }: z.output<typeof exampleIn>,
  ): Promise<string> {
    const { storage, clock, ids } = this.#ports;
    const endpoint = await this.#endpoints.get(path);
    const { environmentId, applicationId, id: endpointId } = endpoint;
    if (endpoint.disabled) throw conflict('endpoint_disabled', 'The endpoint is disabled: enable it, then try again.');
    const eventType = await storage.getEventType({ environmentId, name });
    if (eventType === undefined) throw invalidAt(['body', 'eventType'], `There is no event type ${name}.`);
    const now = clock.now();
    const message: Message = {
      id: ids.next('msg_'),
      environmentId,
      applicationId,
      eventType: name,
      payload: JSON.stringify(exampleOf(eventType, exampleIndex ?? 0)),
      createdAt: now,
    };
    const delivery = { id: ids.next('dlv_'), endpointId, trigger: 'manual', dueAt: now } as const;
    await storage.appendMessages({ entries: [{ message, deliveries: [delivery] }], now });
    return toMessageJson(message, { withContent: true });
  }
}

/** An example of the newest schema; without any, an object that says what it is. */
function exampleOf({ name, schemas = {} }: EventType, index: number): unknown {
  const newest = Object.keys(schemas)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1);
  const examples = newest === undefined ? undefined : (schemas[newest] as { examples?: unknown } | null)?.examples;
  if (!Array.isArray(examples) || examples.length === 0) return { example: true, eventType: name };
  if (index < examples.length) return examples[index];
  const found = `The newest schema of ${name} has ${examples.length} examples: expected less than that.`;
  throw invalidAt(['body', 'exampleIndex'], found);
}
