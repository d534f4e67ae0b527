import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { EnvironmentsController } from './environments.controller.js';

@Module({ imports: [KeysModule], controllers: [EnvironmentsController] })
export class EnvironmentsModule {}
