import type { Sender } from '../sender/sender.js';
import type { Canary } from './egress-watch.js';

const deadlineMs = 5_000;

/** Posts an empty object to a URL that should always answer. Any answer will do: it has been reached. */
export function createCanary(sender: Sender, url: string): Canary {
  return async () => {
    const headers = { 'content-type': 'application/json' };
    const { kind } = await sender.send({ url, headers, body: '{}', deadlineMs });
    return kind === 'response';
  };
}
