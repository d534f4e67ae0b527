import type { Storage } from '@postrider/core';
import { countSecrets, resealAll, type ResealReport, type SecretCounts } from './reseal.js';
import type { Vault } from './vault.js';

export interface RotationReport extends ResealReport {
  /** After the rotation. */
  readonly counts: SecretCounts;
  /** Keys that the store does not need any more: they may leave POSTRIDER_SECRETS_KEY. */
  readonly forgotten: readonly string[];
}

/** Brings everything under the first key of the vault, and notes which keys are needed no longer. */
export async function rotateSecrets(params: {
  readonly storage: Storage;
  readonly vault: Vault;
  readonly signal?: AbortSignal | undefined;
}): Promise<RotationReport> {
  const { storage, vault, signal } = params;
  const { primary } = vault.ring;
  const report = await resealAll({ storage, codec: vault.codec, signal });
  const counts = await countSecrets({ storage, signal });
  const registry = vault.registry(storage);
  const forgotten: string[] = [];
  for (const { id } of await registry.list()) {
    if (id === primary?.id || (counts[id] ?? 0) > 0) continue;
    await registry.forget(id);
    forgotten.push(id);
  }
  if (primary !== undefined) {
    await registry.register({ id: primary.id, isComplete: Object.keys(counts).every((id) => id === primary.id) });
  }
  return { ...report, counts, forgotten };
}
