import { Controller, Get, Inject, Param } from '@nestjs/common';
import type { PluginKernel } from '@postrider/core';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { whyUnmatched } from '../endpoints/subscription.js';
import { MessagesService } from '../messages/messages.service.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { PLUGIN_KERNEL } from '../plugins/plugin-host.module.js';

const explainOut = z
  .object({
    endpoints: z.array(
      z
        .object({
          endpointId: z.string(),
          matches: z.boolean().meta({ description: 'By its subscription as it is now.' }),
          why: z
            .enum(['disabled', 'event_type', 'channels', 'filtered'])
            .optional()
            .meta({ description: 'Why it does not match.' }),
          deliveryId: z.string().optional().meta({ description: 'The newest delivery there, where there is one.' }),
          status: z.string().optional(),
        })
        .meta({ id: 'MessageExplanation' }),
    ),
  })
  .meta({ id: 'MessageExplainOut' });
const port = z.object({ id: z.string(), version: z.int() });
const pluginsOut = z
  .object({
    plugins: z.array(
      z
        .object({ name: z.string(), version: z.string(), state: z.string(), provides: z.array(port) })
        .meta({ id: 'PluginOut' }),
    ),
  })
  .meta({ id: 'PluginsOut' });

/** Why things are as they are: of one message, for every endpoint of its application; and of this server. */
@Controller()
export class ExplainController {
  readonly #storage: HostPorts['storage'];
  readonly #messages: MessagesService;
  readonly #kernel: PluginKernel;

  constructor(
    @InjectHostPorts() { storage }: Pick<HostPorts, 'storage'>,
    messages: MessagesService,
    @Inject(PLUGIN_KERNEL) kernel: PluginKernel,
  ) {
    this.#storage = storage;
    this.#messages = messages;
    this.#kernel = kernel;
  }

  @Get('app/:app_id/msg/:msg_id/explain')
  @RequireScope('messages:read')
  @ApiAnswers({
    summary: 'For every endpoint of the application: does it receive the message, and why not',
    ok: explainOut,
  })
  async explain(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, msg_id: segment }: { app_id: string; msg_id: string },
  ): Promise<z.output<typeof explainOut>> {
    const message = await this.#messages.get({ environmentId, application, message: segment });
    const { applicationId, id: messageId } = message;
    const routes = await this.#storage.loadRoutes({ applicationId });
    const endpoints = await Promise.all(
      (routes?.endpoints ?? []).map(async ({ endpoint }) => {
        const { items } = await this.#storage.listDeliveries({
          environmentId,
          filter: { applicationId, messageId, endpointId: endpoint.id },
          page: { limit: 1, order: 'descending' },
        });
        const why = whyUnmatched(endpoint, message);
        return {
          endpointId: endpoint.id,
          matches: why === undefined,
          why,
          deliveryId: items[0]?.id,
          status: items[0]?.status,
        };
      }),
    );
    return { endpoints };
  }

  @Get('plugins')
  @RequireScope('stats:read')
  @ApiAnswers({ summary: 'List the plugins of this server', ok: pluginsOut })
  plugins(): z.output<typeof pluginsOut> {
    const plugins = this.#kernel
      .describe()
      .map(({ name, version, state, provides }) => ({ name, version, state, provides: [...provides] }));
    return { plugins };
  }
}
