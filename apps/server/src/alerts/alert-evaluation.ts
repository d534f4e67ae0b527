import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ServerPhase } from '../http/server-phase.js';
import { OperationalEvents } from '../operations/operational-events.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { StoredThresholds } from './stored-thresholds.js';

type Ports = Pick<HostPorts, 'alerts' | 'logger'>;

const evaluateEveryMs = 10_000;

/**
 * Evaluates the thresholds. Every replica does it, without a lock, because metrics live in the process that recorded
 * them: nobody else could notice that this one is slow.
 */
@Injectable()
export class AlertEvaluation implements OnModuleInit {
  @InjectHostPorts() private readonly ports!: Ports;
  @Inject(ServerPhase) private readonly phase!: ServerPhase;
  @Inject(StoredThresholds) private readonly thresholds!: StoredThresholds;
  @Inject(OperationalEvents) private readonly events!: OperationalEvents;
  #isEvaluating = false;

  onModuleInit(): void {
    this.ports.alerts.addChannel({
      name: 'operational events',
      notify: async ({ kind, alert }) => this.events.emit({ type: `alert.${kind}`, payload: { ...alert } }),
    });
  }

  /** Looks once. Never rejects; without the store the thresholds that are known go on. */
  @Interval(evaluateEveryMs)
  async evaluate(): Promise<void> {
    if (this.phase.current !== 'serving' || this.#isEvaluating) return;
    this.#isEvaluating = true;
    try {
      await this.thresholds.refresh();
    } catch (error) {
      this.ports.logger.warn('Stored thresholds could not be read; those that are known go on', { error });
    }
    await this.ports.alerts.evaluate();
    this.#isEvaluating = false;
  }
}
