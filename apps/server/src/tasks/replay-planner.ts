import { Injectable } from '@nestjs/common';
import type { TaskDelivery } from '@postrider/core';
import { conflict } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { ReplayPlan } from './replay-plan.dto.js';
import { taskHandlers } from './task-types.js';
import { TasksService, type NewTask } from './tasks.service.js';

/** What one dry run looks at, in batches of a task: it has to answer while somebody waits. */
const maxBatches = 50;

type Ports = Pick<HostPorts, 'storage' | 'clock' | 'ids' | 'delivery'>;

/** Tells what a replay would do, by running its own code and recording nothing. */
@Injectable()
export class ReplayPlanner {
  readonly #ports: Ports;
  readonly #tasks: TasksService;

  constructor(@InjectHostPorts() ports: Ports, tasks: TasksService) {
    this.#ports = ports;
    this.#tasks = tasks;
  }

  /** 409 when the task would fail. Looks at no more than 5 000 things; `complete` says whether that was all. */
  async plan(params: NewTask): Promise<ReplayPlan> {
    const task = this.#tasks.prepare(params);
    let { progress } = task;
    const planned: TaskDelivery[] = [];
    for (let batches = 0; batches < maxBatches; batches += 1) {
      const batch = await taskHandlers[params.type](this.#ports, Object.assign(task, { progress }));
      if ('failure' in batch) throw conflict('invalid_state', batch.failure);
      planned.push(...(batch.deliveries ?? []));
      progress = batch.progress;
      if (batch.done !== undefined) return toPlan(planned, { scanned: progress.scanned, complete: true });
    }
    return toPlan(planned, { scanned: progress.scanned, complete: false });
  }
}

function toPlan(
  planned: readonly TaskDelivery[],
  { scanned, complete }: Pick<ReplayPlan, 'scanned' | 'complete'>,
): ReplayPlan {
  const groups = Map.groupBy(planned, ({ delivery }) => delivery.endpointId);
  const endpoints = [...groups].map(([endpointId, own]) => ({
    appId: own[0]?.applicationId ?? '',
    endpointId,
    count: own.length,
  }));
  endpoints.sort((a, b) => b.count - a.count || (a.endpointId < b.endpointId ? -1 : 1));
  return { wouldReplay: planned.length, scanned, complete, endpoints };
}
