import type { KeyFile } from './key-file.js';
import type { sampleNames } from './sample.js';

/** How to speak of the key: to the reader, and within a command. */
export interface DescribedKey {
  readonly line: string;
  readonly inCommand: string;
}

/** The key is printed on the very first start only; later ones point to the file. */
export function describeKey(params: {
  readonly configured: boolean;
  readonly newKey: string | undefined;
  /** Whether the file holds a key to this store. */
  readonly isKept: boolean;
  readonly keyFile: Pick<KeyFile, 'path'>;
}): DescribedKey {
  const { configured, newKey, isKept, keyFile } = params;
  if (configured) return { line: 'API key: the one of POSTRIDER_API_KEY', inCommand: '$POSTRIDER_API_KEY' };
  if (newKey !== undefined) {
    const line = `API key: ${newKey}\n  (kept in ${keyFile.path}, readable by you alone; not printed again)`;
    return { line, inCommand: newKey };
  }
  if (isKept) return { line: `API key: in ${keyFile.path}`, inCommand: `$(cat '${keyFile.path}')` };
  const line = 'API key: printed when this data was first used. Set POSTRIDER_API_KEY to make another one known.';
  return { line, inCommand: '<key>' };
}

/** What to try once the sample has shown that it works. */
export function nextSteps(params: {
  readonly url: string;
  readonly key: DescribedKey;
  readonly names: typeof sampleNames;
}): string {
  const { url, key, names } = params;
  return `
${key.line}

Publish an event of your own:

  curl ${url}/api/v1/app/${names.application}/msg \\
    -H "authorization: Bearer ${key.inCommand}" -H 'content-type: application/json' \\
    -d '{"eventType":"${names.eventType}","payload":{"text":"Hello"}}'

The API is described at ${url}/api/v1/openapi.json. Stop with Ctrl-C.`;
}
