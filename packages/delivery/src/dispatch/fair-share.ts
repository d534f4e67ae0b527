/**
 * How much of a shared pool one user may hold: its own cap, but never more than a quarter of what is still free, and
 * always one.
 *
 * These are the dynamic thresholds of Choudhury and Hahne ("Dynamic queue length thresholds for shared-memory packet
 * switches", IEEE/ACM Transactions on Networking 6(2), 1998) with α = 1/4: `n` users that take all they can get leave
 * `1 / (1 + n/4)` of the pool to the others, so a few dead endpoints cannot occupy every slot, while a single busy one
 * still reaches its cap.
 */
export function fairShare(params: { readonly cap: number; readonly free: number }): number {
  return Math.min(params.cap, Math.max(1, params.free >> 2));
}
