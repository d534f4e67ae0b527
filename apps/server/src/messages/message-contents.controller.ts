import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { ApplicationDirectory } from '../applications/application-directory.js';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { notFound } from '../http/api-error.js';
import { eventTypeName, identifier, selection } from '../http/schemas/fields.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { taskStarted, toTaskStarted, type TaskStarted } from '../tasks/task.dto.js';
import { TasksService } from '../tasks/tasks.service.js';
import { whyUnmatched } from '../endpoints/subscription.js';
import { forgetContents } from './forget-contents.js';
import { MessagesService } from './messages.service.js';

const precheckIn = z
  .strictObject({ eventType: eventTypeName(), channels: selection(identifier(), 100).nullish() })
  .meta({ id: 'MessagePrecheckIn' });
const precheckOut = z.object({ active: z.boolean() }).meta({ id: 'MessagePrecheckOut' });
const bulkExpungeIn = z.strictObject({ ids: z.array(identifier()).max(100) }).meta({ id: 'BulkExpungeContentsIn' });
const bulkExpungeOut = z
  .object({ results: z.record(z.string(), z.enum(['expunged', 'not-found'])) })
  .meta({ id: 'BulkExpungeContentsOut' });

type Ports = Pick<HostPorts, 'storage' | 'delivery' | 'clock' | 'ids'>;

/** Forgetting what messages and responses held, and asking beforehand whether anybody would receive a message. */
@Controller('app/:app_id/msg')
export class MessageContentsController {
  readonly #ports: Ports;
  readonly #applications: ApplicationDirectory;
  readonly #messages: MessagesService;
  readonly #tasks: TasksService;

  constructor(
    @InjectHostPorts() ports: Ports,
    applications: ApplicationDirectory,
    messages: MessagesService,
    tasks: TasksService,
  ) {
    this.#ports = ports;
    this.#applications = applications;
    this.#messages = messages;
    this.#tasks = tasks;
  }

  @Post('precheck/active')
  @HttpCode(200)
  @RequireScope('messages:read')
  @ApiAnswers({ summary: 'Whether any endpoint would receive such a message', ok: precheckOut })
  async precheck(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Body({ schema: precheckIn }) input: z.output<typeof precheckIn>,
  ): Promise<z.output<typeof precheckOut>> {
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: application });
    const routes = await this.#ports.storage.loadRoutes({ applicationId });
    const message = { eventType: input.eventType, channels: input.channels ?? undefined };
    return { active: routes?.endpoints.some(({ endpoint }) => whyUnmatched(endpoint, message) === undefined) ?? false };
  }

  @Post('expunge-all-contents')
  @HttpCode(202)
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Forget the payloads of all messages of the application', accepted: taskStarted })
  async expungeAll(@EnvironmentId() environmentId: string, @Param('app_id') application: string): Promise<TaskStarted> {
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: application });
    const type = 'application.purge_content';
    return toTaskStarted(await this.#tasks.create({ environmentId, applicationId, type, input: {} }));
  }

  @Post('bulk-expunge')
  @HttpCode(200)
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Forget the payloads of several messages', ok: bulkExpungeOut })
  async expungeSome(
    @EnvironmentId() environmentId: string,
    @Param('app_id') application: string,
    @Body({ schema: bulkExpungeIn }) { ids }: z.output<typeof bulkExpungeIn>,
  ): Promise<z.output<typeof bulkExpungeOut>> {
    const { id: applicationId } = await this.#applications.get({ environmentId, segment: application });
    const expunged = new Set(await forgetContents(this.#ports, { environmentId, applicationId, messageIds: ids }));
    return { results: Object.fromEntries(ids.map((id) => [id, expunged.has(id) ? 'expunged' : 'not-found'])) };
  }

  @Delete(':msg_id/content')
  @HttpCode(204)
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Forget the payload of a message, and call off what waits of it', noContent: true })
  async expunge(
    @EnvironmentId() environmentId: string,
    @Param() { app_id: application, msg_id: message }: { app_id: string; msg_id: string },
  ): Promise<void> {
    const { id, applicationId } = await this.#messages.get({ environmentId, application, message });
    await forgetContents(this.#ports, { environmentId, applicationId, messageIds: [id] });
  }

  @Delete(':msg_id/attempt/:attempt_id/content')
  @HttpCode(204)
  @RequireScope('messages:write')
  @ApiAnswers({ summary: 'Forget the response of an attempt', noContent: true })
  async expungeAttempt(
    @EnvironmentId() environmentId: string,
    @Param() params: { app_id: string; msg_id: string; attempt_id: string },
  ): Promise<void> {
    const { app_id: application, msg_id: message, attempt_id: attemptId } = params;
    const { id: messageId, applicationId } = await this.#messages.get({ environmentId, application, message });
    const where = { environmentId, applicationId, messageId, attemptId };
    if (!(await this.#ports.storage.expungeAttempt(where))) throw notFound('attempt');
  }
}
