import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { HealthStatus } from '@postrider/health';
import { ScheduledJobs } from '../jobs/scheduled-jobs.js';
import { listOwnEnvironments } from '../operations/operational-environment.js';
import { OperationalEvents } from '../operations/operational-events.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { SystemHealthService } from './system-health.service.js';

type Ports = Pick<HostPorts, 'storage' | 'clock'>;

const sampleEveryMs = 60_000;
const prefix = 'health.';

/** Looks at the health of every environment, on one replica at a time, and tells operators when its status changes. */
@Injectable()
export class HealthWatch {
  @InjectHostPorts() private readonly ports!: Ports;
  @Inject(ScheduledJobs) private readonly jobs!: ScheduledJobs;
  @Inject(SystemHealthService) private readonly health!: SystemHealthService;
  @Inject(OperationalEvents) private readonly events!: OperationalEvents;

  @Interval(sampleEveryMs)
  sample(): Promise<void> {
    const run = async (): Promise<Record<string, unknown>> => {
      const environments = await listOwnEnvironments(this.ports.storage);
      let changed = 0;
      for (const { id } of environments) if (await this.#look(id)) changed += 1;
      return { environments: environments.length, changed };
    };
    return this.jobs.run({ name: 'health', leaseMs: sampleEveryMs, restMs: sampleEveryMs / 2, run });
  }

  /** The status before is in the store, because another replica may have looked last. */
  async #look(environmentId: string): Promise<boolean> {
    const { storage, clock } = this.ports;
    const { score, status, penalties } = await this.health.measure({ environmentId });
    const name = `${prefix}${environmentId}`;
    const [stored] = await storage.listSettings({ prefix: name });
    const before = stored?.value['status'] as HealthStatus | undefined;
    if (before === status) return false;
    await storage.putSetting({ setting: { name, value: { status }, updatedAt: clock.now() } });
    // The first look of all has nothing to compare with.
    if (before === undefined) return false;
    const reasons = penalties.filter(({ value }) => value > 0);
    this.events.emit({ type: 'health.changed', environmentId, payload: { from: before, to: status, score, reasons } });
    return true;
  }
}
