import { coreError, type ErrorCode, type PostriderError } from '../../errors.js';
import type { Clock, Timer } from '../../ports/clock.js';
import type { Logger } from '../../ports/logger.js';
import type { WiredPlugin } from './wired-plugin.js';
import { describeThrown } from './wiring-problem.js';

export interface StopResult {
  /** One error (`PLUGIN_STOP_FAILED` or `PLUGIN_STOP_TIMEOUT`) per plugin that did not stop cleanly. */
  readonly failures: readonly PostriderError[];
}

export interface LifecycleParams {
  /** In the order in which they start. */
  readonly plugins: readonly WiredPlugin[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly stopTimeoutMs: number;
}

/**
 * Starts plugins in order and stops them in reverse.
 *
 * - `start` and `stop` do their work once; later and concurrent calls share the same promise.
 * - `stop` is called exactly once for each plugin whose `start` was called, the one that failed included.
 * - A `stop` that arrives during the start aborts the start's signal, waits for the plugin that is just starting (for
 *   as long as a plugin may take to stop), and nothing further starts.
 * - A plugin that fails to stop, or not in time, does not keep the others from being stopped.
 */
export class PluginLifecycleRunner {
  readonly #params: LifecycleParams;
  readonly #stopRequested = new AbortController();
  readonly #begun: WiredPlugin[] = [];
  readonly #stops = new Map<WiredPlugin, Promise<PostriderError | undefined>>();
  readonly #startGivenUp = Promise.withResolvers<PostriderError>();
  #starting: Promise<void> | undefined;
  #startLoop: Promise<PostriderError | undefined> | undefined;
  #stopping: Promise<StopResult> | undefined;

  constructor(params: LifecycleParams) {
    this.#params = params;
  }

  start(): Promise<void> {
    return (this.#starting ??= this.#start());
  }

  stop(): Promise<StopResult> {
    return (this.#stopping ??= this.#stop());
  }

  async #start(): Promise<void> {
    if (this.#stopping !== undefined) {
      throw coreError('PLUGIN_STATE_INVALID', 'The plugins were stopped and cannot be started again: wire new ones.');
    }
    this.#startLoop = this.#startInOrder();
    const failure = await Promise.race([this.#startLoop, this.#startGivenUp.promise]);
    if (failure === undefined) return;
    await this.stop();
    throw failure;
  }

  async #startInOrder(): Promise<PostriderError | undefined> {
    const { signal } = this.#stopRequested;
    let abortedBy: unknown;
    for (const wired of this.#params.plugins) {
      if (signal.aborted) break;
      if (wired.state === 'failed') continue;
      wired.state = 'starting';
      this.#begun.push(wired);
      try {
        await wired.wiring.start?.({ signal });
        // Unless a stop has meanwhile lost patience with this plugin.
        if (wired.state === 'starting') wired.state = 'started';
      } catch (error) {
        if (signal.aborted) {
          abortedBy = error;
          break;
        }
        const failure = startFailure(wired, error);
        if (wired.onBootFailure === 'abort') return failure;
        await this.#goOnWithout(wired, failure);
      }
    }
    if (!signal.aborted) return undefined;
    return startAborted(abortedBy);
  }

  async #goOnWithout(wired: WiredPlugin, failure: PostriderError): Promise<void> {
    this.#params.logger.error(`${failure.message} The host goes on without it.`, {
      plugin: wired.plugin.name,
      error: failure,
    });
    await this.#stopOnce(wired);
    wired.state = 'failed';
    wired.problem = failure.message;
  }

  async #stop(): Promise<StopResult> {
    this.#stopRequested.abort(coreError('PLUGIN_START_ABORTED', 'The host was told to stop.'));
    const startEnded = await this.#withDeadline(() => this.#startLoop);
    if (!startEnded) this.#startGivenUp.resolve(startAborted());
    const failures: PostriderError[] = [];
    for (const wired of this.#begun.toReversed()) {
      const failure = await this.#stopOnce(wired);
      if (failure !== undefined) failures.push(failure);
    }
    return { failures };
  }

  #stopOnce(wired: WiredPlugin): Promise<PostriderError | undefined> {
    let stop = this.#stops.get(wired);
    if (stop === undefined) {
      stop = this.#stopPlugin(wired);
      this.#stops.set(wired, stop);
    }
    return stop;
  }

  async #stopPlugin(wired: WiredPlugin): Promise<PostriderError | undefined> {
    const { name } = wired.plugin;
    const { logger, stopTimeoutMs } = this.#params;
    const fail = (code: ErrorCode, message: string, cause?: unknown) => {
      const failure = coreError(code, message, { cause, details: { plugin: name } });
      logger.error(message, { plugin: name, error: failure });
      return failure;
    };
    wired.state = 'stopping';
    try {
      const inTime = await this.#withDeadline((signal) => wired.wiring.stop?.({ signal }));
      if (inTime) return undefined;
      return fail('PLUGIN_STOP_TIMEOUT', `Plugin "${name}" did not stop within ${stopTimeoutMs} ms.`);
    } catch (error) {
      return fail('PLUGIN_STOP_FAILED', `Plugin "${name}" failed to stop: ${describeThrown(error)}`, error);
    } finally {
      wired.state = 'stopped';
    }
  }

  /** Whether `work` ended before the deadline; its signal aborts at the deadline. */
  async #withDeadline(work: (signal: AbortSignal) => Promise<unknown> | undefined): Promise<boolean> {
    const { clock, stopTimeoutMs } = this.#params;
    const controller = new AbortController();
    let timer: Timer | undefined;
    const deadline = new Promise<boolean>((resolve) => {
      timer = clock.setTimeout(() => {
        controller.abort(coreError('PLUGIN_STOP_TIMEOUT', `The deadline of ${stopTimeoutMs} ms for stopping passed.`));
        resolve(false);
      }, stopTimeoutMs);
    });
    try {
      return await Promise.race([Promise.resolve(work(controller.signal)).then(() => true), deadline]);
    } finally {
      timer?.cancel();
    }
  }
}

function startFailure({ plugin }: WiredPlugin, cause: unknown): PostriderError {
  const message = `Plugin "${plugin.name}" ${plugin.version} failed to start: ${describeThrown(cause)}`;
  return coreError('PLUGIN_START_FAILED', message, { cause, details: { plugin: plugin.name } });
}

function startAborted(cause?: unknown): PostriderError {
  return coreError('PLUGIN_START_ABORTED', 'The plugins were told to stop before all of them had started.', { cause });
}
