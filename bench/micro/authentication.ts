/**
 * What telling whom a key belongs to adds to a request: a key that is known already, as almost every one is, and one that
 * has to be read, here from memory.
 *
 *   node bench/micro/authentication.ts
 */
import { silentLogger, systemClock, systemRandom, type ApiKey } from '@postrider/core';
import { median } from '../src/statistics.ts';

interface Verifier {
  verify(text: string): Promise<unknown>;
}

// No package: the server is started, not imported. Its built files are where they always are.
const built = (file: string): string => new URL(`../../apps/server/dist/auth/${file}`, import.meta.url).href;
const { KeyVerifier } = (await import(built('key-verifier.js'))) as { KeyVerifier: new (deps: object) => Verifier };
const { generateApiKey, parseApiKey } = (await import(built('api-key-format.js'))) as {
  generateApiKey: (random: typeof systemRandom) => string;
  parseApiKey: (text: string) => { readonly id: string; readonly hash: string } | undefined;
};

const rounds = 15;
const callsPerRound = 20_000;

const texts = Array.from({ length: callsPerRound }, () => generateApiKey(systemRandom));
const stored = new Map(
  texts.map((text) => {
    const { id, hash } = parseApiKey(text) ?? { id: '', hash: '' };
    const now = systemClock.now();
    const key: ApiKey = {
      id,
      hash,
      environmentId: 'env_1',
      name: 'Bench',
      scopes: ['*'],
      createdAt: now,
      lastUsedAt: now,
    };
    return [id, key] as const;
  }),
);
const deps = {
  keys: { getKey: async ({ keyId }: { keyId: string }) => stored.get(keyId), touchKey: async () => undefined },
  ...{ clock: systemClock, logger: silentLogger, invalidations: { subscribe: () => () => undefined } },
};

/** Microseconds per call. */
async function measure(verifier: Verifier, keyOf: (call: number) => string): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < callsPerRound; call += 1) {
    if ((await verifier.verify(keyOf(call))) === undefined) throw new Error('A key of the store was refused.');
  }
  return ((performance.now() - startedAt) * 1_000) / callsPerRound;
}

const samples = { known: [] as number[], read: [] as number[] };
const verifier = new KeyVerifier(deps);
for (let round = 0; round < rounds; round += 1) {
  samples.known.push(await measure(verifier, () => texts[0] ?? ''));
  samples.read.push(await measure(new KeyVerifier(deps), (call) => texts[call] ?? ''));
}
console.log(`a key that is known: ${median(samples.known).toFixed(1)} µs per request (goal: ≤ 20)`);
console.log(`a key that is read: ${median(samples.read).toFixed(1)} µs per request`);
