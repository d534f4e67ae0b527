import type { Setting, SettingStore } from '@postrider/core';
import type { PostgresContext } from '../context.js';

interface SettingRow {
  readonly name: string;
  readonly value: Setting['value'];
  readonly updated_at: Date;
}

const putSetting = {
  name: 'put_setting',
  text: `
INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
};

/** Settings in PostgreSQL. */
export function createPostgresSettingStore({ pool, operation }: PostgresContext): SettingStore {
  return {
    putSetting: operation(async ({ setting: { name, value, updatedAt } }) => {
      await pool.query({ ...putSetting, values: [name, JSON.stringify(value), updatedAt] });
    }),

    deleteSetting: operation(async ({ name }) => {
      await pool.query('DELETE FROM settings WHERE name = $1', [name]);
    }),

    listSettings: operation(async ({ prefix }) => {
      const text = 'SELECT name, value, updated_at FROM settings WHERE starts_with(name, $1) ORDER BY name';
      const { rows } = await pool.query<SettingRow>(text, [prefix]);
      return rows.map(({ name, value, updated_at: updatedAt }) => ({ name, value, updatedAt }));
    }),
  };
}
