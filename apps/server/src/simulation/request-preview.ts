import type { RoutedEndpoint } from '@postrider/core';
import { createSigner, createWebhookHeaders } from '@postrider/delivery';
import { toHeadersOut } from '../endpoints/endpoint-headers.js';
import { serverVersion } from '../server-version.js';

/** A request as it would leave. */
export interface RequestPreview {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Names of custom headers that would be sent, too, but whose values are not shown. */
  readonly sensitive: readonly string[];
  /** Byte for byte what would be sent and is signed. */
  readonly body: string;
}

/**
 * The request that the first attempt would make, with signatures of the secrets that are live: whoever receives it can
 * verify it, like a real one.
 */
export function previewRequest(
  { endpoint, secrets }: Pick<RoutedEndpoint, 'endpoint' | 'secrets'>,
  params: {
    readonly messageId: string;
    readonly payload: string;
    readonly sentAt: Date;
    readonly svixAliases: boolean;
  },
): RequestPreview {
  const { headers: shown, sensitive } = toHeadersOut(endpoint.headers);
  const { messageId, payload, sentAt, svixAliases } = params;
  const signer = createSigner(secrets);
  return {
    method: 'POST',
    url: endpoint.url,
    headers: {
      'user-agent': `Postrider/${serverVersion}`,
      ...shown,
      'content-type': 'application/json',
      ...createWebhookHeaders({ signer, messageId, sentAt, body: payload, svixAliases }),
    },
    sensitive,
    body: payload,
  };
}
