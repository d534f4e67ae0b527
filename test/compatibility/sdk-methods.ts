/** Every method of an SDK by its dotted name, found by looking at the object: a new version cannot hide one. */
export function methodsOf(client: object): readonly string[] {
  return walk(client, '').toSorted();
}

function walk(target: object, prefix: string): string[] {
  const found: string[] = [];
  for (let level: object | null = target; level !== null && level !== Object.prototype; level = prototypeOf(level)) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (name === 'constructor' || name.startsWith('_') || level === target) continue;
      if (typeof property.value === 'function') found.push(`${prefix}${name}`);
      const inner: unknown = property.get?.call(target);
      if (typeof inner === 'object' && inner !== null) found.push(...walk(inner, `${prefix}${name}.`));
    }
  }
  return found;
}

function prototypeOf(level: object): object | null {
  return Object.getPrototypeOf(level) as object | null;
}

/** Older names of SDK v1 and the methods that make the same calls. */
export const olderNames: Readonly<Record<string, string>> = {
  'application.update': 'application.upsert',
  'endpoint.update': 'endpoint.upsert',
  'endpoint.updateHeaders': 'endpoint.setHeaders',
  'endpoint.headersUpdate': 'endpoint.setHeaders',
  'endpoint.headersPatch': 'endpoint.patchHeaders',
  'eventType.update': 'eventType.upsert',
  'operationalWebhook.endpoint.update': 'operationalWebhook.endpoint.upsert',
  'operationalWebhook.endpoint.updateHeaders': 'operationalWebhook.endpoint.setHeaders',
  'operationalWebhookEndpoint.list': 'operationalWebhook.endpoint.list',
  'operationalWebhookEndpoint.create': 'operationalWebhook.endpoint.create',
  'operationalWebhookEndpoint.get': 'operationalWebhook.endpoint.get',
  'operationalWebhookEndpoint.update': 'operationalWebhook.endpoint.upsert',
  'operationalWebhookEndpoint.delete': 'operationalWebhook.endpoint.delete',
  'operationalWebhookEndpoint.getSecret': 'operationalWebhook.endpoint.getSecret',
  'operationalWebhookEndpoint.rotateSecret': 'operationalWebhook.endpoint.rotateSecret',
  'operationalWebhookEndpoint.getHeaders': 'operationalWebhook.endpoint.getHeaders',
  'operationalWebhookEndpoint.updateHeaders': 'operationalWebhook.endpoint.setHeaders',
};

/** Why methods do not work here: of whole resources (`ingest.`) or of single ones. */
export const unsupported: readonly (readonly [method: string, why: string])[] = [
  ['ingest.', 'Receiving webhooks of others is another product.'],
  ['streaming.', 'Streams are another product; `GET /api/v1/stream` and the message poller tell what happens here.'],
  ['connector.', 'Connectors are transformations for given receivers; there are none here.'],
  ['destination.', 'Endpoints are the only destinations.'],
  ['autoconfigSubscription.', 'Endpoints are configured by the portal or the API.'],
  [
    'endpoint.transformation',
    'There are no transformations: `filter` chooses messages, receivers get what was published.',
  ],
  ['endpoint.patchTransformation', 'There are no transformations.'],
  ['authentication.stream', 'Streams are another product.'],
  ['authentication.rotateStreamPollerToken', 'Streams are another product.'],
  ['authentication.getStreamPollerToken', 'Streams are another product.'],
  ['integration.getKey', 'Keys are stored hashed: `integration.rotateKey` shows a new one once.'],
  ['authentication.dashboardAccess', 'An older form of `appPortalAccess`, which works.'],
  ['backgroundTask.listByEndpoint', 'An older name of `backgroundTask.list`, which works.'],
];

/** Why the method does not work; `undefined` when nothing says so. */
export function whyUnsupported(method: string): string | undefined {
  return unsupported.find(([name]) => method === name || method.startsWith(name))?.[1];
}

/**
 * Lets a client of v1 be called by the newer names of methods that it has under older ones, so that one case tries both.
 * Changes the classes of that SDK in this process.
 */
export function addNewerNames(client: object): void {
  for (const [older, newer] of Object.entries(olderNames)) {
    const owner = ownerOf(client, newer);
    const [oldName = '', newName = ''] = [older, newer].map((name) => name.split('.').at(-1));
    if (owner === undefined || newName in owner || !(oldName in owner)) continue;
    const call = function (this: Record<string, (...args: unknown[]) => unknown>, ...args: unknown[]) {
      return this[oldName]?.(...args);
    };
    Object.defineProperty(prototypeOf(owner), newName, { value: call });
  }
}

/** The resource that has the method. */
function ownerOf(client: object, method: string): object | undefined {
  let at: unknown = client;
  for (const name of method.split('.').slice(0, -1)) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  }
  return typeof at === 'object' && at !== null ? at : undefined;
}
