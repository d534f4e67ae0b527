import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { RequireScope } from '../auth/route-access.js';
import { allScopes } from '../auth/scopes.js';
import { notFound } from '../http/api-error.js';
import { toEnvelope, toListRequest } from '../http/paging.js';
import { pageOf } from '../http/page-of.js';
import type { PageParameters } from '../http/schemas/query.js';
import { toKeyOut } from '../keys/key.dto.js';
import { KeysService } from '../keys/keys.service.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { listOwnEnvironments } from '../operations/operational-environment.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { AnswersSecret } from '../requests/request-traits.js';
import {
  environmentIn,
  environmentList,
  environmentOut,
  environmentQuery,
  newEnvironmentOut,
  toEnvironmentOut,
  type EnvironmentIn,
  type EnvironmentOut,
  type NewEnvironmentOut,
} from './environment.dto.js';

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids'>;

/** The tenants of this instance. The only routes that reach beyond the environment of the key that is used. */
@Controller('environments')
@RequireScope('tenants:admin')
export class EnvironmentsController {
  readonly #ports: Ports;
  readonly #keys: KeysService;

  constructor(@InjectHostPorts() ports: Ports, keys: KeysService) {
    this.#ports = ports;
    this.#keys = keys;
  }

  @Get()
  @ApiAnswers({ summary: 'List the environments of this instance', ok: environmentList })
  async list(@Query({ schema: environmentQuery }) query: PageParameters): Promise<z.output<typeof environmentList>> {
    const request = toListRequest(query, { parts: ['environments'], defaultOrder: 'ascending' });
    const all = await listOwnEnvironments(this.#ports.storage);
    const page = pageOf(all, request.page);
    return { data: page.items.map(toEnvironmentOut), ...toEnvelope(page, request, ({ id }) => id) };
  }

  @Post()
  @AnswersSecret()
  @ApiAnswers({ summary: 'Create an environment with a first key', created: newEnvironmentOut })
  async create(@Body({ schema: environmentIn }) { name }: EnvironmentIn): Promise<NewEnvironmentOut> {
    const { storage, clock, ids } = this.#ports;
    const environment = await storage.ensureEnvironment({
      environment: { id: ids.next('env_'), name, createdAt: clock.now() },
    });
    const first = { environmentId: environment.id, name: 'First key', scopes: [allScopes], expiresAt: undefined };
    const { key, text } = await this.#keys.insert(first);
    return { ...toEnvironmentOut(environment), key: { ...toKeyOut(key), key: text } };
  }

  @Get(':environment_id')
  @ApiAnswers({ summary: 'Get an environment', ok: environmentOut })
  async get(@Param('environment_id') id: string): Promise<EnvironmentOut> {
    const all = await listOwnEnvironments(this.#ports.storage);
    const found = all.find((environment) => environment.id === id);
    if (found === undefined) throw notFound('environment');
    return toEnvironmentOut(found);
  }
}
