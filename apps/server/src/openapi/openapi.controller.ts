import { Controller, Get, Injectable } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { Public } from '../auth/route-access.js';
import { JsonText } from '../http/json-text.js';

/** Holds the document once the routes are known; it is built when somebody first asks. */
@Injectable()
export class OpenApiHolder {
  #build: () => object = () => ({});
  #text: string | undefined;

  /** Says how to build the document. */
  provide(build: () => object): void {
    this.#build = build;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.#build()));
  }
}

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
