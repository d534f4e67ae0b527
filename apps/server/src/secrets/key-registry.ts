import type { Clock, SettingStore } from '@postrider/core';

const prefix = 'secrets.key.';

/** A key that values of the store may be sealed with. */
export interface RegisteredKey {
  readonly id: string;
  /** Nothing was left under another key, or unsealed, when this was written. */
  readonly isComplete: boolean;
}

/** The key that a setting of this name stands for; `undefined` for other settings. */
export function registeredKeyId(name: string): string | undefined {
  return name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
}

/** Which keys the store needs, kept in the store itself, so that a process without one of them finds out at once. */
export class KeyRegistry {
  readonly #settings: SettingStore;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(deps: { readonly settings: SettingStore; readonly clock: Pick<Clock, 'now'> }) {
    this.#settings = deps.settings;
    this.#clock = deps.clock;
  }

  async list(): Promise<readonly RegisteredKey[]> {
    const settings = await this.#settings.listSettings({ prefix });
    return settings.map(({ name, value }) => ({
      id: name.slice(prefix.length),
      isComplete: value['isComplete'] === true,
    }));
  }

  /** To be done before the first value is sealed with the key. Idempotent. */
  async register(key: RegisteredKey): Promise<void> {
    const { id, isComplete } = key;
    await this.#settings.putSetting({
      setting: { name: prefix + id, value: { isComplete }, updatedAt: this.#clock.now() },
    });
  }

  /** Nothing is sealed with the key any more. */
  async forget(id: string): Promise<void> {
    await this.#settings.deleteSetting({ name: prefix + id });
  }
}
