import type { FailureRun, PageRequest } from '@postrider/core';
import { disableEndpoint } from '../internal/disable-endpoint.js';
import type { EngineContext } from '../internal/engine-context.js';
import { Loop } from '../internal/loop.js';
import { readEvidence } from './failure-evidence.js';
import { judgeRun, noticeStages, type RunVerdict } from './judge-run.js';

/** Runs looked at in one turn; the next turn goes on behind them. */
const runsPerTurn = 200;
/** The lock outlives a turn that comes late, in intervals; when its holder dies, another worker goes on after it. */
const lockIntervals = 2.5;
const jobName = 'auto-disable';

const minMessages = 2;
/** Attempts read at once, and how often, until as many messages are found. Nearly always once. */
const attemptPage = { size: 20, count: 10 };
const dayMs = 86_400_000;

type Context = Pick<EngineContext, 'clock' | 'invalidations' | 'logger' | 'observers' | 'options' | 'random' | 'store'>;

export interface FailureWatchParts {
  /** Most endpoints of the environment fail together: the fault is probably ours. */
  readonly isSuspect: (environmentId: string) => boolean;
}

/**
 * Tells of endpoints that fail for long, and disables those that fail for too long. Of all workers one does it at a
 * time, but nothing goes wrong when two do: each step depends on the run being as it was read.
 *
 * The run in storage only says where to look. Whether there was a success is asked of the rollups, and a success that
 * comes after that ends the run in its own transaction, so that the endpoint is not disabled any more.
 */
export class FailureWatch {
  readonly loop: Loop;
  readonly #context: Context;
  readonly #parts: FailureWatchParts;
  /** The run that was looked at last; absent at the beginning of a round. */
  #position: FailureRun | undefined;
  #holdsLock = false;
  #isStopped = false;

  constructor(context: Context, parts: FailureWatchParts) {
    this.#context = context;
    this.#parts = parts;
    this.loop = new Loop(context, {
      name: 'auto_disable',
      intervalMs: context.options.failureCheckIntervalMs,
      minGapMs: context.options.failureCheckIntervalMs,
      run: () => this.look(),
    });
  }

  /** Looks at nothing more, and lets another worker go on at once. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.loop.stop();
    if (!this.#holdsLock) return;
    this.#holdsLock = false;
    const { logger, options, store } = this.#context;
    await store.releaseJobLock({ name: jobName, holder: options.workerId }).catch((error: unknown) => {
      logger.warn('The lock of auto-disabling was not released; it will run out', { error });
    });
  }

  /** One turn: a bounded number of runs. Rejects as storage does. */
  async look(): Promise<void> {
    if (!(await this.#acquireLock())) return;
    const { clock, options, store } = this.#context;
    const youngestMs = Math.min(options.autoDisableAfterMs, ...noticeStages.map(({ afterMs }) => afterMs));
    const before = new Date(clock.nowMs() - youngestMs);
    const runs = await store.listFailureRuns({ before, after: this.#position, limit: runsPerTurn });
    for (const run of runs) {
      if (this.#isStopped) return;
      // Noted first: a run that cannot be looked at does not keep the turn from the others for ever.
      this.#position = run;
      if (!this.#parts.isSuspect(run.environmentId)) await this.#lookAt(run);
    }
    if (runs.length < runsPerTurn) this.#position = undefined;
  }

  async #acquireLock(): Promise<boolean> {
    const { clock, options, store } = this.#context;
    const now = clock.now();
    const until = new Date(now.getTime() + lockIntervals * options.failureCheckIntervalMs);
    const { acquired } = await store.acquireJobLock({ name: jobName, holder: options.workerId, until, now });
    if (!acquired) this.#position = undefined;
    this.#holdsLock = acquired;
    return acquired;
  }

  async #lookAt(run: FailureRun): Promise<void> {
    const { clock, options, store } = this.#context;
    const { environmentId, applicationId, endpointId, failingSince } = run;
    const now = clock.now();
    const summaries = await store.readSummaries({
      ...{ environmentId, applicationId, endpointId },
      // Days are read whole.
      from: new Date(Math.floor(failingSince.getTime() / dayMs) * dayMs),
      to: new Date(now.getTime() + dayMs),
    });
    const evidence = readEvidence(summaries, failingSince);
    const verdict = judgeRun(run, evidence, { now, disableAfterMs: options.autoDisableAfterMs });
    if (verdict.kind === 'correct') await store.replaceFailureRun({ expected: run, next: verdict.next });
    else if (verdict.kind !== 'wait' && (await this.#hasSeveralMessages(run))) await this.#act(run, verdict);
  }

  async #act(run: FailureRun, verdict: Exclude<RunVerdict, { kind: 'correct' }>): Promise<void> {
    const { environmentId, applicationId, endpointId: id, failingSince } = run;
    const { observers, store } = this.#context;
    if (verdict.kind === 'disable') {
      const endpoint = { environmentId, applicationId, id };
      await disableEndpoint(this.#context, { endpoint, reason: 'failing', failingSince });
    }
    if (verdict.kind !== 'notice') return;
    const next = { failingSince, notices: verdict.notices };
    const { replaced } = await store.replaceFailureRun({ expected: run, next });
    const endpoint = replaced && (await store.getEndpoint({ environmentId, applicationId, endpoint: { id } }));
    if (endpoint) observers.endpointFailing({ endpoint, failingSince, stage: verdict.stage });
  }

  async #hasSeveralMessages({ environmentId, applicationId, endpointId, failingSince }: FailureRun): Promise<boolean> {
    const messageIds = new Set<string>();
    let cursor: PageRequest['cursor'];
    for (let pages = 0; pages < attemptPage.count; pages += 1) {
      const page = await this.#context.store.listAttempts({
        ...{ environmentId, applicationId },
        filter: { endpointId, outcomes: ['failed'], after: failingSince },
        page: { limit: attemptPage.size, order: 'descending', cursor },
      });
      for (const { messageId } of page.items) messageIds.add(messageId);
      if (messageIds.size >= minMessages) return true;
      const last = page.items.at(-1);
      if (!page.hasMore || last === undefined) return false;
      cursor = { key: last.id, direction: 'forward' };
    }
    return false;
  }
}
