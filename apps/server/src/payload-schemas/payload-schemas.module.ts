import { Module } from '@nestjs/common';
import { EnvironmentSettingsModule } from '../environments/environment-settings.module.js';
import { PayloadRules } from './payload-rules.service.js';

@Module({ imports: [EnvironmentSettingsModule], providers: [PayloadRules], exports: [PayloadRules] })
export class PayloadSchemasModule {}
