import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/schema.js';

/** Every path of the API with its methods, parameters, bodies and answers. */
export type ApiPaths = paths;

/** The named schemas of the API: `ApiSchemas['EndpointOut']`. */
export type ApiSchemas = components['schemas'];

/** A client with one method for each HTTP method: `client.GET('/api/v1/app', { … })`. */
export type PostriderClient = Client<ApiPaths, 'application/json'>;

/** How to reach a server. */
export interface ClientOptions {
  /** Such as `https://webhooks.example.com`, without `/api/v1`. */
  readonly serverUrl: string;
  /** An API key, or a portal token. */
  readonly apiKey: string;
  /** Makes the requests; that of the platform when absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/**
 * A client of the whole REST API, typed by its OpenAPI document. Calls resolve to `{ data, error, response }`, whatever
 * the server answers; they reject only when there is no answer. `unwrap` turns them into the value or an exception.
 *
 * Every POST carries an `idempotency-key`, so that the same request, sent again, takes effect once. Give your own in
 * `params.header` where the retry is another call.
 */
export function createClient({ serverUrl, apiKey, fetch }: ClientOptions): PostriderClient {
  const client = createFetchClient<ApiPaths, 'application/json'>({
    baseUrl: serverUrl.replace(/\/+$/, ''),
    ...(fetch !== undefined && { fetch }),
  });
  client.use(authorizedBy(apiKey));
  return client;
}

function authorizedBy(apiKey: string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${apiKey}`);
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', globalThis.crypto.randomUUID());
      }
      return request;
    },
  };
}
