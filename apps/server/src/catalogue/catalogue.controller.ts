import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { toEventTypeOut } from '../event-types/event-type.dto.js';
import { invalidAt } from '../http/api-error.js';
import { OpenApiHolder } from '../openapi/openapi-holder.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import {
  environmentExportOut,
  environmentImportIn,
  openApiImportIn,
  openApiImportOut,
  type EnvironmentExportOut,
  type EnvironmentImportIn,
  type OpenApiImportIn,
  type OpenApiImportOut,
} from './catalogue.dto.js';
import { CatalogueService, type IncomingEventType } from './catalogue.service.js';
import { eventTypesOf } from './event-types-of-openapi.js';
import { readDocument } from './read-document.js';
import { toWebhooks } from './webhooks-of-event-types.js';

/** Whole catalogues are larger than other bodies. */
const bodyLimitBytes = 4 * 1_024 * 1_024;
const maxEventTypes = 5_000;
const documentOut = z.record(z.string(), z.unknown()).meta({ id: 'OpenApiDocument' });

/** The event types of the environment as a whole: taken along, brought in, and described for those who receive them. */
@Controller()
export class CatalogueController {
  readonly #ports: Pick<HostPorts, 'clock'>;
  readonly #catalogue: CatalogueService;
  readonly #openApi: OpenApiHolder;

  constructor(@InjectHostPorts() ports: Pick<HostPorts, 'clock'>, catalogue: CatalogueService, openApi: OpenApiHolder) {
    this.#ports = ports;
    this.#catalogue = catalogue;
    this.#openApi = openApi;
  }

  @Post('environment/export')
  @HttpCode(200)
  @RequireScope('event-types:read')
  @ApiAnswers({ summary: 'Export the event types and settings of the environment', ok: environmentExportOut })
  async export(@EnvironmentId() environmentId: string): Promise<EnvironmentExportOut> {
    const eventTypes = await this.#catalogue.list(environmentId);
    return {
      version: 1,
      createdAt: this.#ports.clock.now().toISOString(),
      eventTypes: eventTypes.map((eventType) => toEventTypeOut(eventType, { withSchemas: true })),
      settings: { ...(await this.#catalogue.getSettings(environmentId)) },
      connectors: [],
    };
  }

  @Post('environment/import')
  @HttpCode(204)
  @RouteConfig({ bodyLimitBytes })
  @RequireScope('event-types:write')
  @ApiAnswers({
    summary: 'Create or replace the event types of an export, and take over its settings',
    noContent: true,
    tooLarge: true,
  })
  async import(
    @EnvironmentId() environmentId: string,
    @Body({ schema: environmentImportIn }) input: EnvironmentImportIn,
  ): Promise<void> {
    const incoming = readExported(input.eventTypes?.text);
    const { strictEventTypes, validatePayloads } = input.settings ?? {};
    await this.#catalogue.bringIn(environmentId, incoming);
    await this.#catalogue.changeSettings(environmentId, {
      ...(typeof strictEventTypes === 'boolean' && { strictEventTypes }),
      ...(typeof validatePayloads === 'boolean' && { validatePayloads }),
    });
  }

  @Post('event-type/import/openapi')
  @HttpCode(200)
  @RouteConfig({ bodyLimitBytes })
  @RequireScope('event-types:write')
  @ApiAnswers({
    summary: 'Create or replace event types from the webhooks of an OpenAPI document',
    ok: openApiImportOut,
    tooLarge: true,
  })
  async importOpenApi(
    @EnvironmentId() environmentId: string,
    @Body({ schema: openApiImportIn }) { spec, specRaw, dryRun, replaceAll }: OpenApiImportIn,
  ): Promise<OpenApiImportOut> {
    const parsed: unknown = spec === undefined || spec === null ? undefined : JSON.parse(spec.text);
    const document = readDocument({ spec: parsed ?? undefined, specRaw: specRaw ?? undefined });
    const found = eventTypesOf(document);
    checkCount(found.length, ['body', specRaw === undefined || specRaw === null ? 'spec' : 'specRaw']);
    const incoming = found.map(({ path, schema, groupName, featureFlags, ...own }) => ({
      loc: ['body', 'spec', ...path],
      input: { ...own, groupName, featureFlags, ...(schema !== undefined && { schemas: { '1': schema } }) },
    }));
    const options = { replaceAll: replaceAll ?? false, dryRun: dryRun ?? false };
    const modified = await this.#catalogue.bringIn(environmentId, incoming, options);
    if (!options.dryRun) return { data: { modified: [...modified] } };
    const toModify = incoming.filter(({ input }) => modified.includes(input.name)).map(({ input }) => input);
    return { data: { modified: [...modified], to_modify: toModify as OpenApiImportOut['data']['to_modify'] } };
  }

  @Get('environment/openapi.json')
  @RequireScope('event-types:read', { portal: true })
  @ApiAnswers({
    summary: 'This API description with the event types of the environment as `webhooks`',
    ok: documentOut,
  })
  async describe(@EnvironmentId() environmentId: string): Promise<Record<string, unknown>> {
    const webhooks = toWebhooks(await this.#catalogue.list(environmentId));
    return { ...(JSON.parse(this.#openApi.text) as Record<string, unknown>), webhooks };
  }
}

function readExported(text: string | undefined): readonly IncomingEventType[] {
  const loc = ['body', 'eventTypes'];
  const given: unknown = text === undefined ? null : JSON.parse(text);
  if (given === null) return [];
  if (!Array.isArray(given)) throw invalidAt(loc, 'Expected a list of event types.');
  checkCount(given.length, loc);
  return given.map((item: unknown, index) => {
    if (typeof item !== 'object' || item === null) throw invalidAt([...loc, index], 'Expected an event type.');
    const { createdAt: _createdAt, updatedAt: _updatedAt, ...input } = item as Record<string, unknown>;
    return { loc: [...loc, index], input };
  });
}

function checkCount(count: number, loc: readonly string[]): void {
  if (count <= maxEventTypes) return;
  throw invalidAt(loc, `Found ${count} event types; at most ${maxEventTypes} come in at once.`);
}
