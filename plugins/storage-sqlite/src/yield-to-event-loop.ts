/** Lets everything that waits for the event loop (requests, timers, other statements) have its turn. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
