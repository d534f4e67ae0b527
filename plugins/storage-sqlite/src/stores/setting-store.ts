import type { Setting, SettingStore } from '@postrider/core';
import type { SqliteConnection } from '../connection.js';

interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly updated_at: number;
}

const put = `
INSERT INTO settings (name, value, updated_at) VALUES (:name, :value, :updatedAt)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`;
const remove = 'DELETE FROM settings WHERE name = :name';
const list =
  'SELECT name, value, updated_at FROM settings WHERE substr(name, 1, length(:prefix)) = :prefix ORDER BY name';

/** Settings in SQLite. */
export function createSettingStore(connection: SqliteConnection): SettingStore {
  return {
    putSetting: ({ setting: { name, value, updatedAt }, signal }) =>
      connection.run(signal, () => {
        const values = { name, value: JSON.stringify(value), updatedAt: updatedAt.getTime() };
        connection.write(() => connection.statement(put).run(values));
      }),

    deleteSetting: ({ name, signal }) =>
      connection.run(signal, () => {
        connection.write(() => connection.statement(remove).run({ name }));
      }),

    listSettings: ({ prefix, signal }) =>
      connection.run(signal, () => connection.statement<SettingRow>(list).all({ prefix }).map(toSetting)),
  };
}

function toSetting({ name, value, updated_at: updatedAt }: SettingRow): Setting {
  return { name, value: JSON.parse(value) as Setting['value'], updatedAt: new Date(updatedAt) };
}
