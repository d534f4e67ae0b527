/** How a caller names a resource: by our id, or by the id they gave it (`uid`, for messages `eventId`). */
export type ResourceRef = { readonly id: string } | { readonly uid: string };

/**
 * Reads a path segment as a reference: what begins with the resource's prefix is an id, everything else a uid
 * (a uid may not begin with the prefix, so the two cannot be confused).
 */
export function toResourceRef(prefix: string, value: string): ResourceRef {
  return value.startsWith(prefix) ? { id: value } : { uid: value };
}
