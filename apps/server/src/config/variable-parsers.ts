import { isIP } from 'node:net';
import { z } from 'zod';
import { parseSealingKeys } from '../secrets/key-ring.js';

// Variables are texts. Each parser turns one into its value, or says what was expected; the reader of the problem
// list sees the variable's name and (unless it is a secret) what was found in front of it.

function parseWith<T>(parse: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `expected ${expected}` });
    return z.NEVER;
  });
}

/** Splits at commas, trims, and drops empty parts. */
function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A whole number of the closed range. */
export function integer({ min, max }: { readonly min: number; readonly max: number }) {
  return parseWith((text) => {
    if (!/^\d{1,15}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  }, `a whole number from ${min} to ${max}`);
}

/** `true` or `false`; also 1/0, yes/no, on/off. */
export function boolean() {
  return parseWith((text) => {
    if (/^(true|1|yes|on)$/i.test(text)) return true;
    if (/^(false|0|no|off)$/i.test(text)) return false;
    return undefined;
  }, 'true or false');
}

/** One of the words, exactly. */
export function word<const Word extends string>(words: readonly Word[]) {
  return parseWith((text) => words.find((candidate) => candidate === text), `one of ${words.join(', ')}`);
}

/** Any text that is not only white space. */
export function anyText(expected = 'a text') {
  return parseWith((value) => (value === '' ? undefined : value), expected);
}

/** A text of the given form. */
export function pattern(form: RegExp, expected: string) {
  return parseWith((value) => (form.test(value) ? value : undefined), expected);
}

const durationUnitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function parseDurationMs(value: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(value);
  if (match === null) return undefined;
  return Number(match[1]) * durationUnitMs[match[2] as keyof typeof durationUnitMs];
}

/** Comma-separated durations with a unit (`5s,5m,2h`), in milliseconds, each of the closed range. */
export function durationList({ maxEntries, minMs, maxMs }: { maxEntries: number; minMs: number; maxMs: number }) {
  return parseWith(
    (value): readonly number[] | undefined => {
      const durations = splitList(value).map(parseDurationMs);
      const fits = durations.every(
        (durationMs) => durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs,
      );
      if (!fits || durations.length === 0 || durations.length > maxEntries) return undefined;
      return durations as number[];
    },
    `1 to ${maxEntries} comma-separated durations such as 5s,5m,2h, each from ${minMs / 1000} s to ${maxMs / 3_600_000} h`,
  );
}

function isCidr(value: string): boolean {
  const [address = '', prefix = '', ...rest] = value.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix) || address.includes('%')) return false;
  const family = isIP(address);
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}

/** Comma-separated address ranges. */
export function cidrList() {
  return parseWith((value): readonly string[] | undefined => {
    const ranges = splitList(value);
    return ranges.every(isCidr) ? ranges : undefined;
  }, 'comma-separated address ranges such as 10.20.0.0/16,fd12::/48');
}

/** A package name, or an absolute path for a plugin that is mounted and not installed. */
const moduleReference = /^((@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*|\/[^,]+)$/;

/** The name of an npm package, or the absolute path of a module. */
export function pluginModule() {
  return pattern(moduleReference, 'the name of an npm package or an absolute path');
}

/** Comma-separated names of npm packages or absolute paths. */
export function pluginModuleList() {
  return parseWith((value): readonly string[] | undefined => {
    const names = splitList(value);
    return names.every((name) => moduleReference.test(name)) ? names : undefined;
  }, 'comma-separated names of npm packages or absolute paths');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object whose members are objects: options by package name. */
export function jsonObjects() {
  return parseWith((value): Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined => {
    try {
      const parsed: unknown = JSON.parse(value);
      if (!isRecord(parsed)) return undefined;
      const entries = Object.entries(parsed);
      if (!entries.every((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))) return undefined;
      return Object.fromEntries(entries);
    } catch {
      return undefined;
    }
  }, 'a JSON object of objects, such as {"@acme/plugin":{"option":1}}');
}

/** Keys for secrets at rest, separated by commas or white space. */
export function sealingKeys() {
  return parseWith(
    parseSealingKeys,
    'random keys of 32 bytes in base64 (openssl rand -base64 32), separated by commas or line breaks',
  );
}
