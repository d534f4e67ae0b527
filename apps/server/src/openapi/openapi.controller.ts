import { Controller, Get } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { Public } from '../auth/route-access.js';
import { JsonText } from '../http/json-text.js';
import { OpenApiHolder } from './openapi-holder.js';

@Controller('openapi.json')
@Public()
export class OpenApiController {
  readonly #holder: OpenApiHolder;

  constructor(holder: OpenApiHolder) {
    this.#holder = holder;
  }

  @Get()
  @JsonText()
  @ApiExcludeEndpoint()
  get(): string {
    return this.#holder.text;
  }
}
