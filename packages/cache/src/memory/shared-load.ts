/**
 * One load that several callers wait for. Each may give up alone; when the last one does, the load's signal aborts. A
 * load that nobody has waited for yet (a refresh in the background) runs to its end.
 */
export class SharedLoad {
  readonly #controller = new AbortController();
  readonly #result: Promise<unknown>;
  #waiting = 0;
  #isRunning = true;

  /** Calls `load` in a microtask of its own, so that whoever makes this can file it first. */
  constructor(load: (signal: AbortSignal) => Promise<unknown>) {
    this.#result = Promise.resolve()
      .then(() => load(this.#controller.signal))
      .finally(() => (this.#isRunning = false));
    // In the background nobody may be there to see it fail.
    this.#result.catch(() => undefined);
  }

  /** Everybody who waited gave up; the result, if there ever is one, is not for newcomers. */
  get isAbandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** The result of the load, or the signal's reason when that aborts first. */
  async wait(signal: AbortSignal | undefined): Promise<unknown> {
    this.#waiting += 1;
    try {
      return await (signal === undefined ? this.#result : untilAborted(this.#result, signal));
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && this.#isRunning) this.#controller.abort(signal?.reason);
    }
  }
}

function untilAborted(result: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
