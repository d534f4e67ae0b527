/** What the files of the image say, checked against the code and the pages that they rely on; nothing is built. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseStages, readPairs } from './dockerfile.js';

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly command?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period?: string;
}

interface ComposeFile {
  readonly services: Readonly<Record<'secrets' | 'postgres' | 'postrider', ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = dirname(dirname(import.meta.dirname));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const stages = parseStages(read('docker/Dockerfile'));
const [buildStage = [], finalStage = []] = stages;
const composeText = read('docker/compose.yaml');
const compose = parse(composeText) as ComposeFile;
const serverRoot = '/app';

/** Name and default of every variable in the configuration reference, which is generated from the server's schema. */
const variables = new Map(
  [...read('docs/reference/configuration.md').matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, name = '', fallback]) => [
    name,
    fallback?.replaceAll('`', '') ?? '',
  ]),
);
const isVariable = (name: string): boolean => variables.has(name) || variables.has(name.replace(/_FILE$/, ''));
const listOurs = (text: string): readonly string[] => [...new Set(text.match(/\bPOSTRIDER_[A-Z_]+\b/g))];
const instructions = (name: string): readonly string[] =>
  finalStage.filter((instruction) => instruction.name === name).map(({ text }) => text);

it('the configuration reference was read', () => {
  expect(variables.get('PORT')).toMatch(/^\d+$/);
});

describe('docker/Dockerfile', () => {
  it('has two stages, both on the line of Node.js that the repository is developed on', () => {
    const line = read('.nvmrc').trim().split('.')[0];
    expect(stages.map(([from]) => from?.text)).toEqual([
      `node:${line}-bookworm-slim AS build`,
      `node:${line}-bookworm-slim`,
    ]);
  });

  it('sets variables that exist', () => {
    const names = [...readPairs(finalStage, 'ENV').keys()].filter((name) => name !== 'NODE_ENV');
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !isVariable(name))).toEqual([]);
  });

  it('exposes the default port', () => {
    expect(instructions('EXPOSE')).toEqual([variables.get('PORT')]);
  });

  it('keeps the data in the volume that it declares', () => {
    expect(instructions('VOLUME')).toEqual([readPairs(finalStage, 'ENV').get('POSTRIDER_DATA_DIR')]);
  });

  it('runs as nobody of the host', () => {
    expect(instructions('USER')).toEqual(['65532:65532']);
  });

  it('starts files that are in the image, without a shell', () => {
    const [entrypoint] = instructions('ENTRYPOINT').map((text) => JSON.parse(text) as string[]);
    expect(entrypoint).toEqual(['node', `${serverRoot}/dist/main.js`]);
    expect(existsSync(join(root, 'apps/server/src/main.ts'))).toBe(true);
    expect(instructions('HEALTHCHECK')[0]).toMatch(/CMD \["node", "\/app\/healthcheck\.mjs"\]$/);
    expect(instructions('COPY')).toEqual([`--from=build ${serverRoot} ${serverRoot}`]);
    const copied = buildStage.filter(({ name, text }) => name === 'COPY' && text.endsWith(` ${serverRoot}/`));
    expect(copied.flatMap(({ text }) => text.split(' ').slice(0, -1))).toContain('docker/healthcheck.mjs');
  });

  it('has the command of operators on its path', () => {
    const manifest = JSON.parse(read('apps/server/package.json')) as { bin: Record<string, string> };
    const file = join(serverRoot, manifest.bin['postrider'] ?? '');
    expect(instructions('RUN')).toContain(`ln -s ${file} /usr/local/bin/postrider`);
    expect(buildStage.map(({ text }) => text)).toContain(`chmod 755 ${file}`);
    expect(read('apps/server/src/cli/bin.ts')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('copies nothing that does not exist', () => {
    const sources = buildStage
      .filter(({ name }) => name === 'COPY')
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('docker/healthcheck.mjs', () => {
  const script = read('docker/healthcheck.mjs');

  it('asks a route that the server has, at the default port', () => {
    const path = /path: '(.*)'/.exec(script)?.[1] ?? '';
    const document = JSON.parse(read('docs/reference/openapi.json')) as { paths: Record<string, unknown> };
    expect(Object.keys(document.paths)).toContain(path);
    expect(script).toContain(`'${variables.get('PORT')}'`);
  });

  it('reads variables that exist', () => {
    expect(listOurs(script).filter((name) => !isVariable(name))).toEqual([]);
  });
});

describe('docker/compose.yaml', () => {
  const { secrets, postgres, postrider } = compose.services;

  it('sets and names variables that exist', () => {
    expect(Object.keys(postrider.environment ?? {})).not.toEqual([]);
    expect(Object.keys(postrider.environment ?? {}).filter((name) => !isVariable(name))).toEqual([]);
    expect(listOurs(composeText).filter((name) => !isVariable(name))).toEqual([]);
  });

  it('builds the image from the Dockerfile of this repository', () => {
    expect(join(root, 'docker', postrider.build?.context ?? '')).toBe(root);
    expect(existsSync(join(root, postrider.build?.dockerfile ?? ''))).toBe(true);
  });

  it('publishes the default port, on this machine only', () => {
    const port = variables.get('PORT');
    expect(postrider.ports).toEqual([`127.0.0.1:${port}:${port}`]);
    expect(postgres.ports).toBeUndefined();
    expect(postgres.networks?.map((name) => compose.networks[name]?.internal)).toEqual([true]);
  });

  it('has no password in it, and hands out the generated one as files', () => {
    const values = Object.values(compose.services).flatMap(({ environment = {} }) => Object.entries(environment));
    const secretNames = values.filter(([name]) => /PASSWORD|KEY|URL/.test(name)).map(([name]) => name);
    expect(secretNames).toEqual([
      'POSTGRES_PASSWORD_FILE',
      'POSTRIDER_DATABASE_URL_FILE',
      'POSTRIDER_SECRETS_KEY_FILE',
    ]);
    const written = secrets.command?.join('\n') ?? '';
    const paths = values.filter(([name]) => secretNames.includes(name)).map(([, path]) => path);
    expect(paths.filter((path) => !written.includes(path))).toEqual([]);
    expect(postgres.volumes).toContain('secrets:/secrets:ro');
    expect(postrider.volumes).toContain('secrets:/secrets:ro');
  });

  it('connects to the database and as the user that PostgreSQL makes', () => {
    const { POSTGRES_USER: user, POSTGRES_DB: database } = postgres.environment ?? {};
    expect(secrets.command?.join('\n')).toContain(`"postgres://${user}:$$password@postgres:5432/${database}"`);
  });

  it('starts in order', () => {
    expect(postgres.depends_on).toEqual({ secrets: { condition: 'service_completed_successfully' } });
    expect(postrider.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
  });

  it('pins the version of PostgreSQL to the patch release', () => {
    expect(postgres.image).toMatch(/^postgres:17\.\d+-\w+$/);
  });

  it('takes every right away that is not needed', () => {
    const services = Object.values(compose.services);
    expect(services.map(({ cap_drop: dropped }) => dropped)).toEqual(services.map(() => ['ALL']));
    expect(services.map((service) => service.security_opt)).toEqual(services.map(() => ['no-new-privileges:true']));
  });

  it('lets the server drain before it is killed', () => {
    const patienceMs = Number(/^(\d+)s$/.exec(postrider.stop_grace_period ?? '')?.[1]) * 1_000;
    expect(patienceMs).toBeGreaterThan(Number(variables.get('POSTRIDER_SHUTDOWN_GRACE_MS')));
  });

  it('declares the volumes that it mounts', () => {
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((text) => text.split(':')[0]),
    );
    expect(new Set(mounted)).toEqual(new Set(Object.keys(compose.volumes)));
  });
});
