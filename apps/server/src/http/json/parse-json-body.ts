import { isUtf8 } from 'node:buffer';
import { RawJson } from './raw-json.js';
import { scanJson, type JsonScanProblem } from './raw-json-member.js';

const limits = { maxDepth: 64, maxKeys: 10_000 };

/** The body read, or why not: `malformed` is no acceptable JSON, `excessive` breaks a limit of depth or size. */
export type JsonBodyResult =
  | { readonly outcome: 'parsed'; readonly value: unknown }
  | { readonly outcome: 'malformed' | 'excessive'; readonly detail: string };

function describe(problem: JsonScanProblem): JsonBodyResult {
  switch (problem.kind) {
    case 'duplicate_key':
      return { outcome: 'malformed', detail: `The key ${quoteKey(problem.key)} appears twice in one object.` };
    case 'forbidden_key':
      return { outcome: 'malformed', detail: `The key ${quoteKey(problem.key)} is not allowed here.` };
    case 'too_deep':
      return { outcome: 'excessive', detail: `The body is nested deeper than ${limits.maxDepth} levels.` };
    case 'too_many_keys':
      return { outcome: 'excessive', detail: `The body has more than ${limits.maxKeys} keys.` };
  }
}

function quoteKey(key: string): string {
  return JSON.stringify(key.slice(0, 64));
}

/**
 * Reads a request body. Only UTF-8 without a byte order mark is JSON here; the members named in `rawMembers` come back
 * as `RawJson`, byte for byte what was sent.
 */
export function parseJsonBody(bytes: Buffer, rawMembers: ReadonlySet<string>): JsonBodyResult {
  if (!isUtf8(bytes)) return { outcome: 'malformed', detail: 'The body is not valid UTF-8.' };
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message quotes the body, which may hold secrets.
    return { outcome: 'malformed', detail: 'The body is not valid JSON.' };
  }
  const scan = scanJson(text, { rawMembers, limits });
  if (scan.outcome === 'refused') return describe(scan.problem);
  for (const [key, { start, end }] of scan.raw) {
    (value as Record<string, unknown>)[key] = new RawJson(text.slice(start, end));
  }
  return { outcome: 'parsed', value };
}
