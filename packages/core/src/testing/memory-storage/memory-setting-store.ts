import type { SettingStore } from '../../ports/setting-store.js';
import { copyPlain } from '../copy-plain.js';
import type { MemoryContext } from './memory-context.js';

/** `SettingStore` in memory. */
export function createMemorySettingStore({ database, operation }: MemoryContext): SettingStore {
  const { settings } = database;
  return {
    putSetting: operation(({ setting }) => void settings.set(setting.name, copyPlain(setting))),
    deleteSetting: operation(({ name }) => void settings.delete(name)),
    listSettings: operation(({ prefix }) =>
      [...settings.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
        .map(copyPlain),
    ),
  };
}
