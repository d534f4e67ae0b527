import { backupTables, type BackupRow } from '@postrider/core';
import { describe, expect, it } from 'vitest';
import { readBackup, writeBackup } from './backup-format.js';

const rows: readonly BackupRow[] = [
  { table: 'environments', values: { id: 'env_1', name: 'ünïcode \u0000 "quoted"\n', created_at: null } },
  { table: 'settings', values: { name: 'a', value: { deep: [1, 'x'] }, updated_at: '2026-01-01T00:00:00.000Z' } },
];
const about = { version: '1.0.0', createdAt: '2026-01-01T00:00:00.000Z', storage: '@acme/store' };

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function write(): Promise<string[]> {
  const lines = await collect(writeBackup(toAsync(rows), about, () => undefined));
  return lines.map((line) => line.slice(0, -1));
}

const read = (lines: readonly string[]): Promise<BackupRow[]> => collect(readBackup(toAsync(lines)));

describe('a backup', () => {
  it('gives back its rows, and counts those of every table', async () => {
    const counted: unknown[] = [];
    const lines = await write();
    expect(await collect(readBackup(toAsync(lines), (summary) => counted.push(summary)))).toEqual(rows);
    const none = Object.fromEntries(backupTables.map(({ name }) => [name, 0]));
    expect(counted).toEqual([{ header: about, rows: { ...none, environments: 1, settings: 1 } }]);
  });

  it('is refused when any line is missing, doubled, altered or moved', async () => {
    const lines = await write();
    const damaged = [
      ...lines.map((_, at) => lines.toSpliced(at, 1)),
      ...lines.map((line, at) => lines.toSpliced(at, 0, line)),
      ...lines.map((line, at) => lines.with(at, line.replace('a', 'b'))),
      [lines[0], lines[2], lines[1], lines[3]],
      [...lines, ''],
      [],
      ['{"format":"other"}'],
    ] as string[][];
    for (const one of damaged) await expect(read(one)).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
  });

  it('of a later format is refused with the way out', async () => {
    const lines = await write();
    const later = lines.with(0, (lines[0] ?? '').replace('"formatVersion":1', '"formatVersion":2'));
    await expect(read(later)).rejects.toThrow('use a newer one');
  });
});
