import { Header } from '@nestjs/common';
import type { ListEnvelope } from './paging.js';

/** For handlers that return finished JSON text. */
export const JsonText = (): MethodDecorator => Header('content-type', 'application/json; charset=utf-8');

/** The text of a list whose items are JSON texts. */
export function toListJson(items: readonly string[], envelope: ListEnvelope): string {
  return `{"data":[${items.join(',')}],${JSON.stringify(envelope).slice(1)}`;
}
