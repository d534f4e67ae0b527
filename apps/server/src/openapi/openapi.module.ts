import { Module } from '@nestjs/common';
import { OpenApiController, OpenApiHolder } from './openapi.controller.js';

@Module({ controllers: [OpenApiController], providers: [OpenApiHolder] })
export class OpenApiModule {}
