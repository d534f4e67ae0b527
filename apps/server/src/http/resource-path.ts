import { isId, type IdPrefix, type ResourceRef } from '@postrider/core';
import { notFound } from './api-error.js';
import { isIdentifier } from './schemas/fields.js';

/**
 * Reads a path segment that names a resource by id or uid. What cannot be either is "not found" before the store is
 * asked: no stored thing has such a name.
 */
export function toRef(prefix: IdPrefix, segment: string, kind: string): ResourceRef {
  if (segment.startsWith(prefix)) {
    if (isId(segment, prefix)) return { id: segment };
  } else if (isIdentifier(segment)) {
    return { uid: segment };
  }
  throw notFound(kind);
}
