import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Timer } from '@postrider/core';
import { ServerPhase } from '../http/server-phase.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { TaskRunner } from './task-runner.js';
import { taskHandlers } from './task-types.js';

const pollIntervalMs = 1_000;

/** Runs background tasks in this process for as long as it serves. */
@Injectable()
export class TaskWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #ports: HostPorts;
  readonly #phase: ServerPhase;
  readonly #runner: TaskRunner;
  #timer: Timer | undefined;
  #current: Promise<void> | undefined;
  #stopped = false;

  constructor(@InjectHostPorts() ports: HostPorts, @Inject(ServerPhase) phase: ServerPhase) {
    this.#ports = ports;
    this.#phase = phase;
    const workerId = `tasks-${Buffer.from(ports.random.bytes(9)).toString('base64url')}`;
    this.#runner = new TaskRunner({ ...ports, workerId, handlers: taskHandlers });
  }

  onApplicationBootstrap(): void {
    this.#lookIn(pollIntervalMs);
  }

  /** The batch under way is finished; the next one is for another worker, or for later. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#current;
  }

  #lookIn(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = this.#ports.clock.setTimeout(() => {
      this.#current = this.#look();
    }, delayMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    let worked = false;
    try {
      worked = this.#phase.current === 'serving' && (await this.#runner.runOne());
    } catch (error) {
      this.#ports.logger.warn('Background tasks could not be looked at; trying again', { error });
    }
    this.#lookIn(worked ? 0 : pollIntervalMs);
  }
}
