import { Body, Controller, Get, Patch } from '@nestjs/common';
import { z } from 'zod';
import { EnvironmentId } from '../auth/principal.js';
import { RequireScope } from '../auth/route-access.js';
import { ApiAnswers } from '../openapi/api-answers.js';
import { EnvironmentSettingsService, type EnvironmentSettings } from './environment-settings.service.js';

const strictEventTypes = z
  .boolean()
  .meta({ description: 'Refuse messages of event types that do not exist. Default: false.' });
const validatePayloads = z.boolean().meta({
  description: 'Refuse payloads that do not fit the latest schema of their event type. Default: true.',
});

const settingsOut = z.object({ strictEventTypes, validatePayloads }).meta({ id: 'EnvironmentSettingsOut' });
const settingsPatch = z
  .strictObject({ strictEventTypes: strictEventTypes.optional(), validatePayloads: validatePayloads.optional() })
  .meta({ id: 'EnvironmentSettingsPatch' });

/** What the environment of the key decides for all of its messages. */
@Controller('environment/settings')
export class EnvironmentSettingsController {
  readonly #settings: EnvironmentSettingsService;

  constructor(settings: EnvironmentSettingsService) {
    this.#settings = settings;
  }

  @Get()
  @RequireScope('event-types:read')
  @ApiAnswers({ summary: 'Get the settings of the environment', ok: settingsOut })
  get(@EnvironmentId() environmentId: string): Promise<EnvironmentSettings> {
    return this.#settings.get(environmentId);
  }

  @Patch()
  @RequireScope('event-types:write')
  @ApiAnswers({ summary: 'Change settings of the environment', ok: settingsOut })
  patch(
    @EnvironmentId() environmentId: string,
    @Body({ schema: settingsPatch }) change: z.output<typeof settingsPatch>,
  ): Promise<EnvironmentSettings> {
    return this.#settings.change(environmentId, change);
  }
}
