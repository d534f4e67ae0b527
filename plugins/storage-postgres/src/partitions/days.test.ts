import { createIdGenerator, systemRandom } from '@postrider/core';
import { FakeClock } from '@postrider/core/testing';
import { describe, expect, it } from 'vitest';
import { dayOf, dayOfSuffix, daysFrom, daysOfMessages } from './days.js';

const idAt = (instant: string): string =>
  createIdGenerator({ clock: new FakeClock({ startAt: new Date(instant) }), random: systemRandom }).next('msg_');

describe('days of partitions', () => {
  it('are days in UTC, named by date', () => {
    const day = dayOf(new Date('2026-02-28T23:59:59.999Z'));
    expect(day.suffix).toBe('p20260228');
    expect(day.endsAt).toEqual(new Date('2026-03-01T00:00:00Z'));
    expect(dayOfSuffix('p20260228')).toEqual(day);
  });

  it('have bounds that hold the ids of their instants, and meet without a gap', () => {
    const [first, second] = daysFrom(new Date('2026-01-01T12:00:00Z'), 2);
    expect(first?.upperId).toBe(second?.lowerId);
    for (const instant of ['2026-01-01T00:00:00.000Z', '2026-01-01T23:59:59.999Z']) {
      const id = idAt(instant);
      expect(first && id >= first.lowerId && id < first.upperId).toBe(true);
    }
  });

  it('of messages are those that hold their ids, each once', () => {
    const instants = ['2026-01-01T00:00:00.000Z', '2026-01-01T23:59:59.999Z', '2026-01-02T00:00:00.000Z'];
    const ids = instants.map(idAt);
    const days = daysOfMessages(ids);
    expect(days.map(({ suffix }) => suffix)).toEqual(['p20260101', 'p20260102']);
    for (const id of ids) expect(days.some(({ lowerId, upperId }) => id >= lowerId && id < upperId)).toBe(true);
  });

  it('are not read from names of other tables', () => {
    expect(dayOfSuffix('default')).toBeUndefined();
    expect(dayOfSuffix('p2026010')).toBeUndefined();
  });
});
