/** The Helm chart, against the server that it installs. Rendered by helm where there is one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

type Json = Readonly<Record<string, unknown>>;

const root = dirname(dirname(import.meta.dirname));
const chart = join(root, 'docker/helm/postrider');
const read = (path: string): string => readFileSync(join(chart, path), 'utf8');
const values = parse(read('values.yaml')) as Json;
const schema = JSON.parse(read('values.schema.json')) as Json;
const templates = new Map(
  globSync('templates/*', { cwd: chart }).map((path) => [path.replaceAll('\\', '/'), read(path)]),
);
const everything = [...templates.values()].join('\n');
const reference = readFileSync(join(root, 'docs/reference/configuration.md'), 'utf8');
const paths = Object.keys(
  (JSON.parse(readFileSync(join(root, 'docs/reference/openapi.json'), 'utf8')) as { paths: Json }).paths,
);

/** The least that a user must give. */
const given = {
  image: { repository: 'registry.example.com/postrider' },
  database: { existingSecret: 'postrider-database' },
  networkPolicy: { dependencies: [{ to: [{ podSelector: {} }], ports: [{ port: 5432 }] }] },
};

function merge(into: Json, from: Json): Json {
  const isObject = (value: unknown): value is Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const merged = Object.entries(from).map(([key, value]): [string, unknown] => {
    const before = into[key];
    return [key, isObject(value) && isObject(before) ? merge(before, value) : value];
  });
  return { ...into, ...Object.fromEntries(merged) };
}

function lookUp(path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Json | undefined)?.[key], values);
}

function isValid(changes: Json): boolean {
  // Draft 7 is what helm reads.
  return new Ajv({ strict: false }).validate(schema, merge(values, changes));
}

describe('values', () => {
  it('pass the schema as soon as the image and the database are given', () => {
    expect(isValid(given)).toBe(true);
    expect(isValid({})).toBe(false);
  });

  it.each<[string, Json]>([
    ['a mode that does not exist', { mode: 'both' }],
    ['a misspelt value', { replica: 3 }],
    ['a setting that is not one of ours', { config: { PATH: '/bin' } }],
    ['no replica', { replicas: 0 }],
    ['a port that is none', { metrics: { port: 70_000 } }],
  ])('are refused with %s', (_, wrong) => {
    expect(isValid(merge(given, wrong))).toBe(false);
  });

  it('exist where a template asks for them', () => {
    const asked = new Set([...everything.matchAll(/\.Values\.([A-Za-z.]+)/g)].map(([, path = '']) => path));
    expect(asked.size).toBeGreaterThan(25);
    expect([...asked].filter((path) => lookUp(path) === undefined)).toEqual([]);
  });

  it('are all used', () => {
    const unused = Object.keys(values).filter((name) => !everything.includes(`.Values.${name}`));
    expect(unused).toEqual([]);
  });
});

describe('templates', () => {
  it.each([...templates.keys()])('%s closes every block that it opens', (path) => {
    const text = (templates.get(path) ?? '').replaceAll(/\{\{-?\s*\/\*.*?\*\/\s*-?\}\}/gs, '');
    const actions = [...text.matchAll(/\{\{-?\s*(\w+)/g)].map(([, word]) => word);
    const opened = actions.filter((word) => ['if', 'with', 'range', 'define'].includes(word ?? '')).length;
    expect(actions.filter((word) => word === 'end')).toHaveLength(opened);
  });

  it('include what is defined', () => {
    const defined = new Set([...everything.matchAll(/define "([\w.]+)"/g)].map(([, name]) => name));
    const included = [...everything.matchAll(/include "([\w.]+)"/g)].map(([, name]) => name);
    expect(included.length).toBeGreaterThan(20);
    expect(included.filter((name) => !defined.has(name))).toEqual([]);
  });

  it('set variables that the server has, and probe routes that it has', () => {
    const set = [...everything.matchAll(/name: (POSTRIDER_\w+)/g)].map(([, name = '']) => name.replace(/_FILE$/, ''));
    expect(set.length).toBeGreaterThan(5);
    expect(set.filter((name) => !reference.includes(`| \`${name}\` |`))).toEqual([]);
    const probed = [...everything.matchAll(/path: (\/api\/\S+),/g)].map(([, path = '']) => path);
    expect(probed).toHaveLength(3);
    expect(probed.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('give every secret as a file that is mounted, and none in the environment', () => {
    const files = [...everything.matchAll(/name: POSTRIDER_\w+_FILE, value: (\/secrets\/[\w-]+)\//g)].map(
      ([, at]) => at,
    );
    expect(files).toContain('/secrets/at-rest');
    expect(files.filter((at) => !everything.includes(`mountPath: ${at}, readOnly: true`))).toEqual([]);
    const secret = [...reference.matchAll(/^\| `(\w+)` \|.*\| yes \|/gm)].map(([, name = '']) => name);
    expect(secret).toContain('POSTRIDER_SECRETS_KEY');
    expect(secret.filter((name) => everything.includes(`name: ${name},`))).toEqual([]);
  });

  it('leave the server time to drain before it is killed', () => {
    const [, graceMs = ''] = /`POSTRIDER_SHUTDOWN_GRACE_MS` \| `?(\d+)`?/.exec(reference) ?? [];
    const patienceMs = Number(lookUp('terminationGracePeriodSeconds')) * 1_000;
    expect(patienceMs).toBeGreaterThan(Number(graceMs) + Number(lookUp('preStopDelaySeconds')) * 1_000);
  });
});

// What is above can be known without helm; this is what only helm knows.
describe.skipIf(spawnSync('helm', ['version']).error !== undefined)('rendered by helm', () => {
  const render = (changes: Json): readonly { kind: string; metadata: { name: string } }[] => {
    const folder = mkdtempSync(join(tmpdir(), 'postrider-helm-'));
    try {
      const file = join(folder, 'values.json');
      writeFileSync(file, JSON.stringify(merge(given, changes)));
      const text = execFileSync('helm', ['template', 'my', chart, '--values', file], { encoding: 'utf8' });
      return parseAllDocuments(text).flatMap((document) => {
        expect(document.errors).toEqual([]);
        return (document.toJS() as { kind: string; metadata: { name: string } } | null) ?? [];
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('one Deployment in mode all, two in mode split', () => {
    const deployments = (changes: Json) => render(changes).filter(({ kind }) => kind === 'Deployment');
    expect(deployments({}).map(({ metadata }) => metadata.name)).toEqual(['my-postrider-all']);
    expect(deployments({ mode: 'split' }).map(({ metadata }) => metadata.name)).toEqual([
      'my-postrider-api',
      'my-postrider-worker',
    ]);
  });

  it('everything at once', () => {
    const kinds = render({
      autoscaling: { enabled: true },
      ingress: { enabled: true, tlsSecret: 'tls' },
      metrics: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
    }).map(({ kind }) => kind);
    for (const kind of ['HorizontalPodAutoscaler', 'Ingress', 'ServiceMonitor', 'PrometheusRule', 'NetworkPolicy']) {
      expect(kinds).toContain(kind);
    }
  });
});
