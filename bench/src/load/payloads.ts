/** What a payload of `sentAtMs` and number is without its filler. */
const headLength = 54;

/**
 * Payloads of a given size that tell the receiver when they were published and as which message of the round: these
 * two come first, so that it need not read the rest.
 */
export function createPayloads(bytes: number): (n: number, sentAtMs: number) => string {
  const filler = 'x'.repeat(Math.max(0, bytes - headLength));
  return (n, sentAtMs) => `{"sentAtMs":${sentAtMs.toFixed(3)},"n":${n},"filler":"${filler}"}`;
}
