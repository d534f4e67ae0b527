import { readFileSync } from 'node:fs';
import { coreError, type PostriderError } from '@postrider/core';
import { readConfigFile, type ConfigFile } from './config-file.js';
import { environmentSchema, variableDocs, type EnvironmentVariables } from './environment-schema.js';
import { longestAttemptMs, toServerConfig, type ServerConfig } from './server-config.js';

/** Environment variables, as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

const fileSuffix = '_FILE';
const ownPrefix = 'POSTRIDER_';
const postgresPackage = '@postrider/storage-postgres';
// Variables of the project's own test suite; a server that a test starts inherits them.
const testPrefix = 'POSTRIDER_TEST_';
const knownNames = Object.keys(environmentSchema.shape) as (keyof typeof environmentSchema.shape)[];

/**
 * Reads the configuration. Throws `CONFIG_INVALID` with every problem at once: values out of range, unreadable files,
 * a variable and its file both given, and `POSTRIDER_…` variables that do not exist (a typo would else be a default).
 * An empty variable counts as not set. What a configuration file names is used where no variable says otherwise.
 */
export function loadConfig(environment: Environment, file: ConfigFile = { options: {} }): ServerConfig {
  const problems: string[] = findUnknown(environment);
  const given: Record<string, string> = {};
  for (const name of knownNames) {
    const value = readVariable({ name, environment, problems });
    if (value !== undefined) given[name] = value;
  }

  if (file.storage !== undefined) given['POSTRIDER_STORAGE'] ??= file.storage;
  if (file.plugins !== undefined) given['POSTRIDER_PLUGINS'] ??= file.plugins.join(',');

  const parsed = environmentSchema.safeParse(given);
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path[0] as (typeof knownNames)[number];
    const secret = variableDocs.get(environmentSchema.shape[name])?.secret === true;
    problems.push(`${name}: ${issue.message}, found ${secret ? 'something else' : JSON.stringify(given[name])}.`);
  }
  if (parsed.success) problems.push(...findContradictions(parsed.data));
  if (given['POSTRIDER_FAILPOINTS'] !== undefined && environment['NODE_ENV'] !== 'test') {
    problems.push('POSTRIDER_FAILPOINTS: only for tests, refused unless NODE_ENV is "test". Remove it.');
  }
  if (problems.length > 0 || !parsed.success) throw configError(problems);
  return withOptions(toServerConfig(parsed.data), file);
}

/** Options of variables go over those of the file, one by one. */
function withOptions(config: ServerConfig, { options }: ConfigFile): ServerConfig {
  const merged = Object.entries(options).map(([name, own]): [string, Readonly<Record<string, unknown>>] => [
    name,
    { ...own, ...config.pluginOptions[name] },
  ]);
  return { ...config, pluginOptions: { ...config.pluginOptions, ...Object.fromEntries(merged) } };
}

/** The configuration of a process that starts in `directory`. Throws `CONFIG_INVALID`. */
export function readConfiguration(environment: Environment, directory: string): ServerConfig {
  const path = readVariable({ name: 'POSTRIDER_CONFIG', environment, problems: [] });
  return loadConfig(environment, readConfigFile({ path, directory }));
}

function findUnknown(environment: Environment): string[] {
  const known = new Set<string>(knownNames.flatMap((name) => [name, `${name}${fileSuffix}`]));
  return Object.keys(environment)
    .filter((name) => name.startsWith(ownPrefix) && !name.startsWith(testPrefix) && !known.has(name))
    .sort()
    .map((name) => `${name}: there is no such variable. Correct the name or remove it.`);
}

function findContradictions(variables: EnvironmentVariables): string[] {
  return [findShortLease(variables), findMissingUrl(variables)].filter((problem) => problem !== undefined);
}

function findShortLease(variables: EnvironmentVariables): string | undefined {
  const { POSTRIDER_ATTEMPT_TIMEOUT_MS: timeoutMs, POSTRIDER_LEASE_MS: leaseMs } = variables;
  if (timeoutMs <= longestAttemptMs(leaseMs)) return undefined;
  const neededMs = Math.ceil(timeoutMs * 1.5) + 10_000;
  return `POSTRIDER_LEASE_MS: ${leaseMs} is too short for attempts of ${timeoutMs} ms (POSTRIDER_ATTEMPT_TIMEOUT_MS): expected at least ${neededMs}. Raise the one or lower the other.`;
}

function findMissingUrl(variables: EnvironmentVariables): string | undefined {
  const { POSTRIDER_STORAGE: storage, POSTRIDER_DATABASE_URL: url, POSTRIDER_PLUGIN_OPTIONS: options } = variables;
  const isMissing = storage === postgresPackage && url === undefined && options[storage]?.['url'] === undefined;
  if (!isMissing) return undefined;
  return `POSTRIDER_DATABASE_URL: missing, and POSTRIDER_STORAGE is ${postgresPackage}. Set it to the URL of the database.`;
}

/** The value of a variable or of the file that its twin names; what is wrong with them is added to `problems`. */
export function readVariable(params: {
  readonly name: string;
  readonly environment: Environment;
  readonly problems: string[];
}): string | undefined {
  const { name, environment, problems } = params;
  const value = environment[name] === '' ? undefined : environment[name];
  const path = environment[`${name}${fileSuffix}`];
  if (path === undefined || path === '') return value;
  if (value !== undefined) {
    problems.push(`${name}: given twice, directly and as ${name}${fileSuffix}. Remove one of them.`);
    return value;
  }
  try {
    // Editors and `echo` end a file with a newline that is no part of a secret.
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    problems.push(`${name}${fileSuffix}: the file ${JSON.stringify(path)} cannot be read (${reason}).`);
    return undefined;
  }
}

function configError(problems: readonly string[]): PostriderError {
  return coreError(
    'CONFIG_INVALID',
    `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    { details: { problems } },
  );
}
