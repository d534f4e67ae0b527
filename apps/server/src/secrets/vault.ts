import type { Clock, Logger, Random, SettingStore } from '@postrider/core';
import { secretError } from './errors.js';
import { readKeyFile, writeKeyFile } from './key-file.js';
import { KeyRegistry } from './key-registry.js';
import { createKeyRing, keyBytes, type KeyRing } from './key-ring.js';
import { SecretCodec } from './secret-codec.js';

export interface VaultOptions {
  /** The first one seals. */
  readonly keys: readonly Uint8Array[];
  /** Where further keys are kept; without any key at all one is made there. Absent: nothing is sealed without keys. */
  readonly keyFile?: string | undefined;
}

export interface VaultDeps {
  readonly random: Random;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** The keys of the secrets of one store. Sealing and opening work once it is unlocked. */
export class Vault {
  readonly codec: SecretCodec;
  readonly #options: VaultOptions;
  readonly #deps: VaultDeps;
  #ring: KeyRing;

  constructor(options: VaultOptions, deps: VaultDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#ring = createKeyRing(options.keys);
    this.codec = new SecretCodec({ random: deps.random, readRing: () => this.#ring });
  }

  get ring(): KeyRing {
    return this.#ring;
  }

  registry(settings: SettingStore): KeyRegistry {
    return new KeyRegistry({ settings, clock: this.#deps.clock });
  }

  /**
   * Reads the keys, and makes one when there may be one and there is none. Rejects with `SECRET_KEY_MISSING` when the
   * store has values that none of them opens, before anything is written.
   */
  async unlock(settings: SettingStore): Promise<void> {
    const { keyFile } = this.#options;
    const registry = this.registry(settings);
    const registered = await registry.list();
    this.#refuse(await this.findMissing(settings));
    if (this.#ring.primary === undefined && keyFile !== undefined) this.#makeKey(keyFile);
    const { primary } = this.#ring;
    if (primary === undefined) {
      this.#deps.logger.warn(
        'Signing secrets and header values are stored as they are: set POSTRIDER_SECRETS_KEY to have them encrypted',
      );
      return;
    }
    if (!registered.some(({ id }) => id === primary.id)) await registry.register({ id: primary.id, isComplete: false });
  }

  /** Reads the keys; the ids of those that the store needs and that are not among them. Writes nothing. */
  async findMissing(settings: SettingStore): Promise<readonly string[]> {
    const { keyFile, keys } = this.#options;
    const kept = keyFile === undefined ? [] : (readKeyFile(keyFile) ?? []);
    this.#ring = createKeyRing([...keys, ...kept]);
    const needed = await this.registry(settings).list();
    return needed.map(({ id }) => id).filter((id) => this.#ring.get(id) === undefined);
  }

  #refuse(missing: readonly string[]): void {
    if (missing.length === 0) return;
    const { keyFile } = this.#options;
    const given = this.#ring.ids.length === 0 ? 'none was given' : `given: ${this.#ring.ids.join(', ')}`;
    const file = keyFile === undefined ? '' : `, or put the file ${keyFile} back`;
    throw secretError(
      'SECRET_KEY_MISSING',
      `The store holds secrets that are sealed with the key ${missing.join(', ')} (${given}). Add it to POSTRIDER_SECRETS_KEY${file}. Nothing was changed.`,
      { details: { missing, given: this.#ring.ids } },
    );
  }

  #makeKey(path: string): void {
    const made = this.#deps.random.bytes(keyBytes);
    // Another process may have been quicker: then its key is ours, too.
    writeKeyFile(path, [made], { isNew: true });
    this.#ring = createKeyRing(readKeyFile(path) ?? []);
    this.#deps.logger.info('A key for secrets at rest was made: back it up, and not where the database is', {
      path,
      keyId: this.#ring.primary?.id,
    });
  }
}
