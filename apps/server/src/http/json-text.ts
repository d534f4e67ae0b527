import { applyDecorators, Header, SetMetadata } from '@nestjs/common';
import type { ListEnvelope } from './paging.js';

/** Under which a handler says that it is one of `JsonText`. */
export const jsonTextMetadata = 'postrider:jsonText';

/** For handlers that return finished JSON text. */
export const JsonText = (): MethodDecorator =>
  applyDecorators(Header('content-type', 'application/json; charset=utf-8'), SetMetadata(jsonTextMetadata, true));

/** The text of a list whose items are JSON texts. */
export function toListJson(items: readonly string[], envelope: ListEnvelope): string {
  return `{"data":[${items.join(',')}],${JSON.stringify(envelope).slice(1)}`;
}
