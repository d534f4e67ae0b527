import type { AttemptErrorKind } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { classifyOutcome, slowThresholdMs } from './classify-outcome.js';

const response = (statusCode: number, durationMs = 20) =>
  ({ kind: 'response', statusCode, body: '', durationMs }) as const;
const failure = (error: AttemptErrorKind) => ({ kind: 'error', error, durationMs: 20 }) as const;
const allStatuses = Array.from({ length: 500 }, (_unused, index) => 100 + index);

/** Statuses for which the predicate holds, as runs: `200-299 304`. */
function statusesWhere(predicate: (outcome: ReturnType<typeof classifyOutcome>) => boolean): string {
  const runs: [number, number][] = [];
  for (const status of allStatuses.filter((code) => predicate(classifyOutcome(response(code))))) {
    const last = runs.at(-1);
    if (last?.[1] === status - 1) last[1] = status;
    else runs.push([status, status]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(' ');
}

describe('classifyOutcome of a response', () => {
  it('delivers on 200–299 only', () => {
    expect(statusesWhere(({ verdict }) => verdict === 'delivered')).toBe('200-299');
  });

  it('gives up at once on 410 and 413, and retries everything else', () => {
    expect(statusesWhere(({ verdict }) => verdict === 'endpoint_gone')).toBe('410');
    expect(statusesWhere(({ verdict }) => verdict === 'dead_letter')).toBe('413');
    expect(statusesWhere(({ verdict }) => verdict === 'retry')).toBe('100-199 300-409 411-412 414-599');
    expect(classifyOutcome(response(410)).reason).toBe('endpoint_gone');
    expect(classifyOutcome(response(413)).reason).toBe('payload_too_large');
  });

  it('holds every failure against the endpoint but 410, 413 and 429', () => {
    expect(statusesWhere(({ breaker }) => breaker === 'success')).toBe('200-299');
    expect(statusesWhere(({ breaker }) => breaker === 'ignore')).toBe('410 413 429');
    expect(statusesWhere(({ breaker }) => breaker === 'failure')).toBe('100-199 300-409 411-412 414-428 430-599');
  });

  it('waits as long as 429 and 503 ask, on 429 for the whole endpoint', () => {
    expect(statusesWhere(({ honoursRetryAfter }) => honoursRetryAfter)).toBe('429 503');
    expect(statusesWhere(({ throttle }) => throttle)).toBe('429');
  });

  it('halves the concurrency on signs of overload and raises it on success', () => {
    expect(statusesWhere(({ concurrency }) => concurrency === 'overload')).toBe('429 502-504');
    expect(statusesWhere(({ concurrency }) => concurrency === 'success')).toBe('200-299');
  });

  it('tells health who can mend it, and nothing on 410 and 429', () => {
    expect(statusesWhere(({ health }) => health === 'ok')).toBe('200-299');
    expect(statusesWhere(({ health }) => health === 'misconfigured')).toBe('401 403-405');
    expect(statusesWhere(({ health }) => health === 'neutral')).toBe('410 429');
  });

  it('calls a success slow when it took longer than the threshold', () => {
    expect(classifyOutcome(response(200, slowThresholdMs))).toMatchObject({
      breaker: 'success',
      concurrency: 'success',
    });
    const slow = { verdict: 'delivered', breaker: 'slow', concurrency: 'hold' };
    expect(classifyOutcome(response(200, slowThresholdMs + 0.1))).toMatchObject(slow);
    expect(classifyOutcome(response(500, slowThresholdMs + 0.1)).breaker).toBe('failure');
  });
});

describe('classifyOutcome of an error', () => {
  it.each<[AttemptErrorKind, string, string, string]>([
    ['blocked_address', 'dead_letter', 'ignore', 'ignore'],
    ['dns_error', 'retry', 'failure', 'ignore'],
    ['tls_error', 'retry', 'failure', 'ignore'],
    ['connect_timeout', 'retry', 'failure', 'overload'],
    ['connection_refused', 'retry', 'failure', 'overload'],
    ['connection_reset', 'retry', 'failure', 'overload'],
    ['timeout', 'retry', 'failure', 'overload'],
    ['response_too_large_header', 'retry', 'failure', 'hold'],
    ['protocol_error', 'retry', 'failure', 'hold'],
    ['aborted', 'own_fault', 'ignore', 'ignore'],
    ['internal', 'own_fault', 'ignore', 'ignore'],
  ])('%s: %s, breaker %s, concurrency %s', (error, verdict, breaker, concurrency) => {
    const expected = { verdict, breaker, concurrency, honoursRetryAfter: false, throttle: false };
    expect(classifyOutcome(failure(error))).toMatchObject(expected);
  });

  it.each<AttemptErrorKind>(['dns_error', 'tls_error'])('%s is the same for every request when it lasts', (error) => {
    expect(classifyOutcome(failure(error)).unreachable).toBe(false);
    const lasting = { verdict: 'retry', breaker: 'failure', concurrency: 'ignore', unreachable: true };
    expect(classifyOutcome({ ...failure(error), lasting: true })).toMatchObject(lasting);
  });

  it.each<[AttemptErrorKind, string]>([
    ['blocked_address', 'misconfigured'],
    ['dns_error', 'failing'],
    ['timeout', 'failing'],
    ['aborted', 'neutral'],
    ['internal', 'neutral'],
  ])('%s makes the health %s', (error, health) => {
    expect(classifyOutcome(failure(error)).health).toBe(health);
  });

  it('names the reason of a blocked address', () => {
    expect(classifyOutcome(failure('blocked_address')).reason).toBe('blocked_address');
  });
});
