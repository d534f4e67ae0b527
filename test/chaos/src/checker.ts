import { createHmac } from 'node:crypto';
import type { AttemptRow, DeliveryRow } from './ledger-rows.ts';
import { pairOf } from './ledger-rows.ts';
import type { Accepted } from './producer.ts';
import type { SeenRequest } from './receivers.ts';
import type { Customer, Endpoint } from './stage.ts';

/** Everything that was written down during a run, by the producer, the receivers and storage, apart from each other. */
export interface Evidence {
  readonly accepted: ReadonlyMap<string, Accepted>;
  readonly seen: readonly SeenRequest[];
  readonly customers: readonly Customer[];
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptRow[];
  /** Deliveries that had ended when somebody looked during the storm. */
  readonly endedEarlier: ReadonlyMap<string, DeliveryRow>;
  /** What the API says, for some messages: status by endpoint. */
  readonly apiStatuses: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly peakResidentBytes: number;
}

/** Which invariant was broken, and by what. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

const endings = new Set(['delivered', 'dead_letter', 'cancelled']);
/** As the API writes them; `sending` cannot be, after the end. */
const apiStatusOf: Readonly<Record<string, number>> = { delivered: 0, dead_letter: 2, cancelled: 2 };
const memoryCapBytes = 700 * 1024 * 1024;

/** Judges a run by the invariants of delivery: no loss, bounded duplicates, final ends, no silent request, truth. */
export function check(evidence: Evidence): readonly Violation[] {
  return [
    ...checkNoLoss(evidence),
    ...checkRequests(evidence),
    ...checkEndsAreFinal(evidence),
    ...checkApi(evidence),
    ...(evidence.peakResidentBytes > memoryCapBytes
      ? [{ invariant: 'bounded memory', detail: `a server used ${String(evidence.peakResidentBytes)} bytes` }]
      : []),
  ];
}

/** Every accepted message has ended, once, for each endpoint that matched it. */
function checkNoLoss({ accepted, customers, deliveries }: Evidence): Violation[] {
  const scheduled = countBy(deliveries.filter(({ trigger }) => trigger === 'scheduled').map(pairOf));
  const byApplication = new Map(customers.map((customer) => [customer.applicationId, customer]));
  const lost = [...accepted.values()].flatMap(({ messageId, applicationId }) =>
    (byApplication.get(applicationId)?.endpoints ?? []).flatMap((endpoint) => {
      const pair = pairOf({ messageId, endpointId: endpoint.id });
      const count = scheduled.get(pair) ?? 0;
      const mayBeDisabled =
        endpoint.manners === 'gone' || byApplication.get(applicationId)?.toggledEndpointId === endpoint.id;
      if (count === 1 || (count === 0 && mayBeDisabled)) return [];
      return [{ invariant: 'no loss', detail: `${pair} was accepted and has ${String(count)} deliveries` }];
    }),
  );
  const unfinished = deliveries
    .filter(({ status }) => !endings.has(status))
    .map(({ id, status }) => ({ invariant: 'no loss', detail: `${id} is still ${status}` }));
  return [...lost, ...unfinished];
}

/** What receivers saw against what was recorded. */
function checkRequests(evidence: Evidence): Violation[] {
  const endpoints = new Map(evidence.customers.flatMap(({ endpoints: own }) => own.map((one) => [one.key, one])));
  const recorded = countBy(evidence.attempts.map(pairOf));
  const requests = new Map<string, SeenRequest[]>();
  const violations: Violation[] = [];
  for (const request of evidence.seen) {
    const endpoint = endpoints.get(request.endpointKey);
    if (endpoint === undefined) continue;
    const pair = pairOf({ messageId: request.webhookId, endpointId: endpoint.id });
    requests.set(pair, [...(requests.get(pair) ?? []), request]);
    if (!isSigned(request, endpoint)) {
      violations.push({ invariant: 'signed', detail: `${pair} had a signature that does not verify` });
    }
    const expectedHash = evidence.accepted.get(request.webhookId)?.bodyHash;
    if (expectedHash !== undefined && expectedHash !== request.bodyHash) {
      violations.push({ invariant: 'same bytes', detail: `${pair} arrived with another body than was published` });
    }
  }
  for (const [pair, own] of requests) {
    const known = recorded.get(pair) ?? 0;
    if (own.length > known) {
      violations.push({
        invariant: 'no silent request',
        detail: `${pair} saw ${String(own.length)} requests, ${String(known)} are recorded`,
      });
    }
    if (new Set(own.map(({ bodyHash }) => bodyHash)).size > 1) {
      violations.push({ invariant: 'same bytes', detail: `${pair} arrived with different bodies` });
    }
  }
  // A receiver may well succeed twice, when its first answer came too late or got lost; we may not know of two.
  const successes = countBy(evidence.attempts.filter(({ outcome }) => outcome === 'succeeded').map(pairOf));
  for (const [pair, count] of successes) {
    if (count > 1) {
      violations.push({ invariant: 'no request after success', detail: `${pair} has ${String(count)} successes` });
    }
  }
  for (const row of evidence.deliveries.filter(({ status }) => status === 'delivered')) {
    const confirmed = requests.get(pairOf(row))?.some(({ status }) => status >= 200 && status < 300) ?? false;
    if (!confirmed) {
      violations.push({ invariant: 'truthful', detail: `${row.id} is delivered, but its receiver never said so` });
    }
  }
  return violations;
}

/** What had ended stays as it was. */
function checkEndsAreFinal({ deliveries, endedEarlier }: Evidence): Violation[] {
  const now = new Map(deliveries.map((row) => [row.id, row]));
  return [...endedEarlier.values()].flatMap((before) => {
    const after = now.get(before.id);
    const same =
      after?.status === before.status && after.reason === before.reason && after.attemptCount === before.attemptCount;
    return same
      ? []
      : [{ invariant: 'ends are final', detail: `${before.id} was ${before.status}, is ${String(after?.status)}` }];
  });
}

function checkApi({ deliveries, apiStatuses }: Evidence): Violation[] {
  return deliveries.flatMap((row) => {
    const said = apiStatuses.get(row.messageId)?.get(row.endpointId);
    if (said === undefined || said === apiStatusOf[row.status]) return [];
    return [{ invariant: 'truthful', detail: `the API says ${String(said)} of ${row.id}, which is ${row.status}` }];
  });
}

/** Whether one of the signatures is right by one of the secrets that the endpoint ever had. */
function isSigned({ headers, body, webhookId }: SeenRequest, { secrets }: Endpoint): boolean {
  const signatures = String(headers['webhook-signature']).split(' ');
  const content = `${webhookId}.${String(headers['webhook-timestamp'])}.${body}`;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return signatures.includes(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
  });
}

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
