import { Injectable } from '@nestjs/common';

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
