/** A load that a test lets end, and whose beginning it can wait for. */
export interface GatedLoad<Value> {
  readonly load: (params: { readonly signal: AbortSignal }) => Promise<Value | undefined>;
  /** Resolves when it was called for the first time. */
  readonly started: Promise<AbortSignal>;
  readonly calls: () => number;
  readonly succeed: (value: Value | undefined) => void;
  readonly fail: (error: Error) => void;
}

/** A load whose calls all end with the same result, when told. */
export function createGatedLoad<Value>(): GatedLoad<Value> {
  const { promise: started, resolve: start } = Promise.withResolvers<AbortSignal>();
  const { promise: result, resolve, reject } = Promise.withResolvers<Value | undefined>();
  // A test may let it fail without ever calling it.
  result.catch(() => undefined);
  let calls = 0;
  return {
    load: async ({ signal }) => {
      calls += 1;
      start(signal);
      return result;
    },
    started,
    calls: () => calls,
    succeed: resolve,
    fail: reject,
  };
}

/** What a promise rejected with; `undefined` when it resolved. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Lets everything that need not wait for time or the network go on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
