/** The compose files that go on top of compose.yaml: nothing in them names what does not exist. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const root = dirname(dirname(import.meta.dirname));
const docker = join(root, 'docker');
const read = (path: string): string => readFileSync(path, 'utf8');
const load = (name: string): Compose => parse(read(join(docker, name))) as Compose;

const base = load('compose.yaml');
const reference = read(join(root, 'docs/reference/configuration.md'));
const variables = new Set([...reference.matchAll(/^\| `(\w+)` \|/gm)].map(([, name = '']) => name));
const isVariable = (name: string): boolean => variables.has(name.replace(/_FILE$/, ''));

describe.each(['compose.observability.yaml', 'compose.scale.yaml', 'compose.tls.yaml'])('docker/%s', (name) => {
  const text = read(join(docker, name));
  const variant = load(name);
  const services = Object.entries(variant.services);
  /** Those that it brings; the others are changed only. */
  const added = services.filter(([service]) => !(service in base.services));
  const declared = (kind: 'networks' | 'volumes'): Set<string> =>
    new Set([...Object.keys(base[kind] ?? {}), ...Object.keys(variant[kind] ?? {})]);

  const exists = (source: string): boolean =>
    source.startsWith('.') ? existsSync(join(docker, source)) : declared('volumes').has(source);

  it('sets variables of ours that exist', () => {
    const own = services.flatMap(([, { environment = {} }]) =>
      Object.keys(environment).filter((variable) => variable.startsWith('POSTRIDER_')),
    );
    expect(own.filter((variable) => !isVariable(variable))).toEqual([]);
  });

  it('names networks, volumes, files and services that exist', () => {
    const known = new Set([...Object.keys(base.services), ...Object.keys(variant.services)]);
    const missing = services.flatMap(([, { networks = [], volumes = [], depends_on: needs = {} }]) => [
      ...networks.filter((network) => !declared('networks').has(network)),
      ...Object.keys(needs).filter((needed) => !known.has(needed)),
      ...volumes.map((volume) => volume.split(':')[0] ?? '').filter((source) => !exists(source)),
    ]);
    expect(missing).toEqual([]);
  });

  it('pins each image, and takes every right away that is not needed', () => {
    expect(added).not.toEqual([]);
    const pinned = /^(postrider|[\w/]+:v?\d+\.\d+[\w.-]*)$/;
    expect(added.map(([, { image = '' }]) => image).filter((image) => !pinned.test(image))).toEqual([]);
    const rights = added.map(([, one]) => [one.cap_drop, one.security_opt, one.read_only]);
    expect(rights).toEqual(added.map(() => [['ALL'], ['no-new-privileges:true'], true]));
  });

  it('publishes nothing beyond this machine, but for what stands in front with TLS', () => {
    const published = services.flatMap(([service, { ports = [] }]) => ports.map((port) => ({ service, port })));
    const open = published.filter(({ port }) => !port.startsWith('127.0.0.1:')).map(({ service }) => service);
    expect(new Set(open)).toEqual(new Set(name === 'compose.tls.yaml' ? ['caddy'] : []));
  });

  it('has no password in it, and is used as its first lines say', () => {
    expect(text).not.toMatch(/password\s*[:=]\s*\S/i);
    expect(text).toContain(`-f docker/compose.yaml -f docker/${name} up`);
  });
});

it('scaled workers are the server of compose.yaml, apart from what they are for', () => {
  const { worker } = load('compose.scale.yaml').services;
  const { postrider } = base.services;
  expect(worker?.image).toBe(postrider?.image);
  expect(worker?.environment?.['POSTRIDER_DATABASE_URL_FILE']).toBe(
    postrider?.environment?.['POSTRIDER_DATABASE_URL_FILE'],
  );
  expect(worker?.volumes).toEqual(postrider?.volumes);
});

it('every server has the key of the stored secrets that compose.yaml makes', () => {
  const { worker } = load('compose.scale.yaml').services;
  const { postrider } = base.services;
  const path = postrider?.environment?.['POSTRIDER_SECRETS_KEY_FILE'] ?? '';
  expect(read(join(docker, 'compose.yaml'))).toContain(`mv ${path}.new ${path}`);
  expect(worker?.environment?.['POSTRIDER_SECRETS_KEY_FILE']).toBe(path);
});
