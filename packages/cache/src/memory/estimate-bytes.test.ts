import { describe, expect, it } from 'vitest';
import { estimateBytes } from './estimate-bytes.js';

describe('the estimate of memory', () => {
  it('grows with what is inside', () => {
    expect(estimateBytes('x'.repeat(1000))).toBeGreaterThanOrEqual(2000);
    expect(estimateBytes(new Uint8Array(1000))).toBeGreaterThanOrEqual(1000);
    expect(estimateBytes(new ArrayBuffer(1000))).toBeGreaterThanOrEqual(1000);
    expect(estimateBytes(2n ** 8000n)).toBeGreaterThanOrEqual(1000);
    const kilobyte = 'x'.repeat(500);
    for (const container of [[kilobyte], { kilobyte }, new Set([kilobyte]), new Map([[1, { kilobyte }]])]) {
      expect(estimateBytes(container)).toBeGreaterThanOrEqual(1000);
      expect(estimateBytes(container)).toBeLessThan(1200);
    }
  });

  it('counts what is referred to twice once, and survives cycles', () => {
    const shared = { text: 'x'.repeat(1000) };
    const once = estimateBytes([shared]);
    expect(estimateBytes([shared, shared])).toBeLessThan(once + 50);
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(estimateBytes(cycle)).toBeLessThan(100);
  });

  it('survives a chain of 100 000 objects', () => {
    let chain: unknown;
    for (let length = 0; length < 100_000; length += 1) chain = { chain };
    expect(estimateBytes(chain)).toBeGreaterThan(100_000 * 40);
  });
});
