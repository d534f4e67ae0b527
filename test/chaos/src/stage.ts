import { callApi, createApplication, readSecret } from '../../e2e/support/api.ts';
import type { Fleet } from './fleet.ts';
import { startReceivers, type Manners, type Receivers } from './receivers.ts';

/** One endpoint with every secret it ever had. */
export interface Endpoint {
  readonly id: string;
  /** In the path of its URL. */
  readonly key: string;
  readonly manners: Manners;
  readonly secrets: string[];
}

/** One application with its endpoints. */
export interface Customer {
  readonly applicationId: string;
  readonly endpoints: readonly Endpoint[];
  /** Disabled and enabled again by the nemesis: messages of that time may have no delivery for it. */
  readonly toggledEndpointId: string;
}

export interface Stage {
  readonly customers: readonly Customer[];
  readonly receivers: Receivers;
}

/** The endpoints of each application. The first is the one that gets toggled. */
const casts: readonly (readonly Manners[])[] = [
  ['good', 'good', 'slow', 'good'],
  ['good', 'good', 'flapping', 'dead'],
  ['good', 'good', 'good', 'silent'],
  ['good', 'good', 'throttling', 'gone'],
  ['good', 'dripping', 'good', 'good'],
];

/** Starts the receivers and makes an application for each cast. */
export async function setTheStage(fleet: Fleet): Promise<Stage> {
  const keyOf = (application: number, endpoint: number): string => `a${String(application)}e${String(endpoint)}`;
  const manners = new Map(
    casts.flatMap((cast, application) => cast.map((one, index) => [keyOf(application, index), one])),
  );
  const receivers = await startReceivers(manners);
  const server = { url: fleet.urls[0] ?? '', apiKey: fleet.apiKey };
  const customers = await Promise.all(
    casts.map(async (cast, application): Promise<Customer> => {
      const keys = cast.map((_, index) => keyOf(application, index));
      const { applicationId, endpointIds } = await createApplication(
        server,
        keys.map((key) => receivers.urlOf(key)),
      );
      const endpoints = await Promise.all(
        endpointIds.map(async (id, index): Promise<Endpoint> => {
          const secret = await readSecret(server, { applicationId, endpointId: id });
          return { id, key: keys[index] ?? '', manners: cast[index] ?? 'good', secrets: [secret] };
        }),
      );
      return { applicationId, endpoints, toggledEndpointId: endpoints[0]?.id ?? '' };
    }),
  );
  return { customers, receivers };
}

/** What the API says about the deliveries of one message, by endpoint: `0` success, `1` pending, `2` failed, `3` sending. */
export async function readApiStatus(
  server: { readonly url: string; readonly apiKey: string },
  message: { readonly applicationId: string; readonly messageId: string },
): Promise<ReadonlyMap<string, number>> {
  const path = `/app/${message.applicationId}/msg/${message.messageId}/endpoint?limit=50`;
  const { body } = await callApi<{ data: { id: string; status: number }[] }>(server, { path });
  return new Map(body.data.map(({ id, status }) => [id, status]));
}
