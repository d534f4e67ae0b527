import type { Clock, Timer } from '@postrider/core';

/**
 * Waits for the promise, but no longer than `deadlineMs` (0: not at all); tells whether it settled in time.
 * Never rejects.
 */
export async function settlesWithin(
  promise: Promise<unknown>,
  params: { readonly clock: Clock; readonly deadlineMs: number },
): Promise<boolean> {
  if (params.deadlineMs <= 0) return false;
  let timer: Timer | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = params.clock.setTimeout(() => resolve(false), params.deadlineMs);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, tooLate]);
  timer?.cancel();
  return inTime;
}
