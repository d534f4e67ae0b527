import { Module } from '@nestjs/common';
import { DocsController } from './docs.controller.js';
import { OpenApiController } from './openapi.controller.js';
import { OpenApiHolder } from './openapi-holder.js';

@Module({ controllers: [DocsController, OpenApiController], providers: [OpenApiHolder], exports: [OpenApiHolder] })
export class OpenApiModule {}
