import { Injectable } from '@nestjs/common';
import { isPostriderError, type Setting } from '@postrider/core';
import type { Threshold, ThresholdChange } from '@postrider/metrics';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'logger' | 'alerts'>;

const prefix = 'thresholds.';

/**
 * Thresholds that were changed over the API: kept in the store, so that they survive restarts and reach every replica,
 * which reads them before it evaluates. What was never changed has its default.
 */
@Injectable()
export class StoredThresholds {
  readonly #ports: Ports;
  readonly #defaults: readonly Threshold[];
  /** What this process has applied: the moment of the change by id. */
  readonly #applied = new Map<string, number>();

  constructor(@InjectHostPorts() ports: Ports) {
    this.#ports = ports;
    this.#defaults = ports.alerts.thresholds();
  }

  /** Brings this process up to what is stored. */
  async refresh(): Promise<void> {
    const stored = await this.#ports.storage.listSettings({ prefix });
    const seen = new Set<string>();
    for (const setting of stored) {
      const id = setting.name.slice(prefix.length);
      seen.add(id);
      if (this.#applied.get(id) === setting.updatedAt.getTime()) continue;
      this.#apply(id, setting);
      this.#applied.set(id, setting.updatedAt.getTime());
    }
    for (const id of this.#applied.keys()) {
      if (seen.has(id)) continue;
      this.#applied.delete(id);
      this.#restore(id);
    }
  }

  /** Changes a threshold, or adds one. Rejects as `Alerts.setThreshold` does; then nothing is stored. */
  async set(change: ThresholdChange): Promise<Threshold> {
    await this.refresh();
    const threshold = this.#ports.alerts.setThreshold(change);
    await this.#store(threshold.id, { ...threshold });
    return threshold;
  }

  /** Stops watching, a default one too. `false` when there is no such threshold. */
  async remove(id: string): Promise<boolean> {
    await this.refresh();
    if (!this.#ports.alerts.removeThreshold(id)) return false;
    // A default that is not stored as removed would be back after a restart.
    if (this.#defaults.some((threshold) => threshold.id === id)) await this.#store(id, { removed: true });
    else {
      await this.#ports.storage.deleteSetting({ name: `${prefix}${id}` });
      this.#applied.delete(id);
    }
    return true;
  }

  async #store(id: string, value: Setting['value']): Promise<void> {
    const updatedAt = this.#ports.clock.now();
    await this.#ports.storage.putSetting({ setting: { name: `${prefix}${id}`, value, updatedAt } });
    this.#applied.set(id, updatedAt.getTime());
  }

  #apply(id: string, { value }: Setting): void {
    if (value['removed'] === true) {
      this.#ports.alerts.removeThreshold(id);
      return;
    }
    try {
      this.#ports.alerts.setThreshold({ ...value, id });
    } catch (error) {
      // Stored by another version, which knows other metrics.
      if (!isPostriderError(error)) throw error;
      this.#ports.logger.warn('A stored threshold is not understood and not watched', { thresholdId: id, error });
    }
  }

  #restore(id: string): void {
    const found = this.#defaults.find((threshold) => threshold.id === id);
    if (found === undefined) this.#ports.alerts.removeThreshold(id);
    else this.#ports.alerts.setThreshold(found);
  }
}
