import { isPostriderError } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { resolveOptions, type DeliveryEngineOptions } from './options.js';

function problemOf(options: DeliveryEngineOptions): string {
  try {
    resolveOptions(options, 'worker-1');
    return 'none';
  } catch (error) {
    return isPostriderError(error, 'DELIVERY_OPTIONS_INVALID') ? error.message : `unexpected: ${String(error)}`;
  }
}

describe('options', () => {
  it('have defaults that agree with each other', () => {
    expect(resolveOptions({}, 'worker-1')).toMatchObject({
      role: 'all',
      workerId: 'worker-1',
      timeoutMs: 20_000,
      maxTimeoutMs: 30_000,
      leaseMs: 60_000,
    });
  });

  it('take what is given, and treat undefined as absent', () => {
    const resolved = resolveOptions({ workerId: 'mine', maxInFlight: 7, laneDepth: undefined }, 'worker-1');
    expect(resolved).toMatchObject({ workerId: 'mine', maxInFlight: 7, laneDepth: 256 });
  });

  it('let the longest deadline follow a longer default deadline', () => {
    expect(resolveOptions({ timeoutMs: 33_000 }, 'worker-1').maxTimeoutMs).toBe(33_000);
  });

  it.each([
    ['the default deadline', { timeoutMs: 34_000 }, 'at least 61000 ms'],
    ['the longest deadline', { maxTimeoutMs: 60_000 }, 'at least 100000 ms'],
    ['a short lease', { leaseMs: 54_999 }, 'at least 55000 ms'],
  ])('refuse a lease that may end before an attempt: %s', (_case, options, message) => {
    expect(problemOf(options)).toContain(message);
  });

  it('accept the shortest lease that is safe', () => {
    expect(problemOf({ leaseMs: 55_000 })).toBe('none');
    expect(problemOf({ leaseMs: 100_000, maxTimeoutMs: 60_000 })).toBe('none');
  });

  it('refuse heartbeats that leave no room for a missed one', () => {
    expect(problemOf({ heartbeatIntervalMs: 20_001 })).toContain('three heartbeats');
    expect(problemOf({ heartbeatIntervalMs: 20_000 })).toBe('none');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuse %d where a positive number is needed', (value) => {
    expect(problemOf({ maxInFlight: value })).toContain('maxInFlight');
  });
});
