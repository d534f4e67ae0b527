import { describe, expect, it } from 'vitest';
import { entry, namedPort, schemaOf, testPlugin, type Named } from '../../../test/support/plugins.js';
import { isPostriderError } from '../../errors.js';
import { Clock } from '../../ports/clock.js';
import { Logger } from '../../ports/logger.js';
import { Random } from '../../ports/random.js';
import { FakeClock } from '../../testing/fake-clock.js';
import { createRecordingLogger } from '../../testing/recording-logger.js';
import { createSeededRandom } from '../../testing/seeded-random.js';
import { contribute, defineExtensionPoint, type Contributions } from '../define-extension-point.js';
import { definePlugin } from '../define-plugin.js';
import { bind, definePort } from '../define-port.js';
import type { StandardSchema } from '../standard-schema.js';
import type { PluginEntry } from './plugin-entry.js';
import { wirePlugins, type WirePluginsParams } from './wire-plugins.js';
import type { WiringProblem } from './wiring-problem.js';

const A = namedPort('test.a');
const B = namedPort('test.b');
const C = namedPort('test.c');

function wire(plugins: readonly PluginEntry[], options: Partial<WirePluginsParams> = {}) {
  return wirePlugins({ plugins, clock: new FakeClock(), logger: createRecordingLogger(), ...options });
}

async function problemsOf(
  plugins: readonly PluginEntry[],
  options: Partial<WirePluginsParams> = {},
): Promise<readonly WiringProblem[]> {
  const error = await wire(plugins, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isPostriderError(error, 'PLUGIN_WIRING_FAILED')) {
    throw new Error('expected the wiring to fail', { cause: error });
  }
  const problems = error.details?.['problems'] as readonly WiringProblem[];
  for (const problem of problems) expect(error.message).toContain(problem.message);
  return problems;
}

describe('wiring', () => {
  it('gives plugins their checked configuration, their dependencies and a logger that names them', async () => {
    const logger = createRecordingLogger();
    const seen: unknown[] = [];
    const greeter = definePlugin({
      name: 'greeter',
      version: '1.0.0',
      api: '^1.0.0',
      config: schemaOf('size'),
      provides: [A],
      requires: { clock: Clock, log: Logger, random: Random },
      optional: { b: B, c: C },
      setup: ({ config, deps, logger: own }) => {
        seen.push(config, deps.clock, deps.random, deps.log, deps.c);
        own.info('hello');
        return { ports: [bind(A, { name: async () => `greeter of ${await deps.b?.name()}` })] };
      },
    });
    const clock = new FakeClock();
    const random = createSeededRandom(1);
    const kernel = await wire([{ plugin: greeter, config: { size: 3 } }, entry({ name: 'other', provides: [B] })], {
      clock,
      logger,
      hostPorts: [bind(Random, random)],
    });
    expect(seen).toEqual([{ size: 3 }, clock, random, logger, undefined]);
    expect(logger.lines).toEqual([{ level: 'info', message: 'hello', fields: { plugin: 'greeter' } }]);
    expect(await kernel.get(A).name()).toBe('greeter of other');
  });

  it('sets plugins up behind what they depend on, whatever the order of configuration and names', async () => {
    const order: string[] = [];
    const recording = (name: string, rest: Parameters<typeof testPlugin>[0]) =>
      entry({
        ...rest,
        setup: (context) => {
          order.push(name);
          return testPlugin(rest).setup(context);
        },
      });
    const first = recording('z', { name: 'z', provides: [A] });
    const second = recording('m', { name: 'm', provides: [B], optional: { a: A } });
    const third = recording('a', { name: 'a', requires: { b: B } });
    await wire([third, first, second]);
    await wire([second, third, first]);
    expect(order).toEqual(['z', 'm', 'a', 'z', 'm', 'a']);
  });

  it('runs an absent configuration through the schema as an empty object, and awaits asynchronous schemas', async () => {
    const config: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: async (value) => ({ value: { given: value, limit: 7 } }),
      },
    };
    const seen: unknown[] = [];
    await wire([entry({ name: 'a', config, setup: (context) => ({ ports: [], seen: seen.push(context.config) }) })]);
    expect(seen).toEqual([{ given: {}, limit: 7 }]);
  });

  it('collects contributions without ordering plugins by them', async () => {
    const Checks = defineExtensionPoint<string>({ id: 'test.checks' });
    let collected: Contributions<string> | undefined;
    const health = definePlugin({
      name: 'health',
      version: '1.0.0',
      api: '^1.0.0',
      config: schemaOf(),
      provides: [A],
      requires: { checks: Checks },
      setup: ({ deps }) => {
        collected = deps.checks;
        expect(() => deps.checks.all()).toThrow(expect.objectContaining({ code: 'PLUGIN_STATE_INVALID' }));
        return { ports: [bind(A, { name: async () => 'health' })] };
      },
    });
    // Requires a port of the plugin that collects: a cycle, if contributions were dependencies.
    const storage = definePlugin({
      name: 'storage',
      version: '1.0.0',
      api: '^1.0.0',
      config: schemaOf(),
      requires: { health: A },
      contributes: [Checks],
      setup: () => ({ contributions: [contribute(Checks, 'disk'), contribute(Checks, 'latency')] }),
    });
    const kernel = await wire([{ plugin: health }, { plugin: storage }]);
    expect(collected?.all()).toEqual(['disk', 'latency']);
    expect(kernel.contributions(Checks)).toEqual(['disk', 'latency']);
    expect(kernel.contributions(defineExtensionPoint<string>({ id: 'test.nothing' }))).toEqual([]);
  });

  it('treats equal ids as the same port, for packages installed twice', async () => {
    const copyOfA = definePort<Named>({ id: 'test.a', version: 1 });
    const kernel = await wire([
      entry({ name: 'provider', provides: [A] }),
      entry({ name: 'user', requires: { a: copyOfA } }),
    ]);
    expect(await kernel.get(copyOfA).name()).toBe('provider');
  });

  it('describes the plugins in the order in which they start', async () => {
    const kernel = await wire([
      entry({ name: 'user', requires: { a: A }, optional: { b: B } }),
      entry({ name: 'provider', version: '2.1.0', provides: [A] }),
    ]);
    expect(kernel.describe()).toEqual([
      expect.objectContaining({ name: 'provider', version: '2.1.0', provides: [{ id: 'test.a', version: 1 }] }),
      expect.objectContaining({
        name: 'user',
        requires: [{ id: 'test.a', version: 1 }],
        optional: [{ id: 'test.b', version: 1 }],
        state: 'wired',
        problem: undefined,
      }),
    ]);
  });

  it('finds ports by id and refuses those nobody provides or that mean another version', async () => {
    const kernel = await wire([entry({ name: 'provider', provides: [A] })]);
    expect(kernel.find(B)).toBeUndefined();
    expect(() => kernel.get(B)).toThrow(expect.objectContaining({ code: 'PORT_MISSING' }));
    expect(() => kernel.find(namedPort('test.a', 2))).toThrow(
      expect.objectContaining({ code: 'PORT_VERSION_MISMATCH' }),
    );
  });
});

describe('problems', () => {
  it('reports everything at once, naming plugins and ports', async () => {
    const problems = await problemsOf([
      entry({ name: 'twice', provides: [A] }),
      entry({ name: 'twice', provides: [A] }),
      entry({ name: 'rival', provides: [A] }),
      entry({ name: 'needy', requires: { b: B } }),
      entry({ name: 'future', api: '^2.0.0' }),
      entry({ name: 'typo', config: schemaOf('url') }, { config: { ulr: 'x' } }),
      entry({ name: 'left', provides: [namedPort('test.left')], requires: { right: namedPort('test.right') } }),
      entry({ name: 'right', provides: [namedPort('test.right')], requires: { left: namedPort('test.left') } }),
      entry({ name: 'newer', requires: { a: namedPort('test.a', 2) } }),
    ]);
    expect(problems).toEqual([
      {
        code: 'PLUGIN_DUPLICATE',
        plugin: 'twice',
        message: 'Plugin "twice" is configured twice: remove one of the two.',
      },
      {
        code: 'PLUGIN_API_INCOMPATIBLE',
        plugin: 'future',
        message:
          'Plugin "future" 1.0.0 works with plugin API ^2.0.0, the host has 1.0.0: install a version of the plugin ' +
          'made for this host, or name it in allowIncompatible.',
      },
      {
        code: 'PLUGIN_CONFIG_INVALID',
        plugin: 'typo',
        message: 'Configuration of plugin "typo": option "ulr": is not an option',
      },
      {
        code: 'PORT_DUPLICATE',
        plugin: 'rival',
        port: 'test.a',
        message:
          'Port "test.a" is provided by "twice" and "rival", but a port has exactly one provider: remove one of the two.',
      },
      {
        code: 'PORT_MISSING',
        plugin: 'needy',
        port: 'test.b',
        message: 'Plugin "needy" requires port "test.b", which nobody provides: add a plugin that does.',
      },
      {
        code: 'PORT_VERSION_MISMATCH',
        plugin: 'newer',
        port: 'test.a',
        message:
          'Plugin "newer" expects version 2 of port "test.a", but "twice" provides version 1: install releases of the ' +
          'two that agree.',
      },
      {
        code: 'PLUGIN_CYCLE',
        plugin: 'left',
        port: 'test.right',
        message:
          'Plugins depend on each other in a circle: "left" needs "test.right" of "right", which needs "test.left" of ' +
          '"left". Remove one of these dependencies.',
      },
    ]);
  });

  it('runs no code of a plugin that was made for another plugin API', async () => {
    const config: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: () => {
          throw new Error('the schema ran');
        },
      },
    };
    const problems = await problemsOf([entry({ name: 'future', api: '^2.0.0', config })]);
    expect(problems.map((problem) => problem.code)).toEqual(['PLUGIN_API_INCOMPATIBLE']);
  });

  it('warns at each boot about a plugin that runs in spite of its api range, and about names that match nothing', async () => {
    const logger = createRecordingLogger();
    await wire([entry({ name: 'future', api: '^2.0.0' })], { logger, allowIncompatible: ['future', 'gone'] });
    expect(logger.lines.map((line) => [line.level, line.fields['plugin']])).toEqual([
      ['warn', 'future'],
      ['warn', 'gone'],
    ]);
  });

  it('refuses what no plugin declares like that', async () => {
    const sound = testPlugin({ name: 'a' });
    const broken = [{}, { ...sound, name: '' }, { ...sound, version: 'one' }, { ...sound, api: 'newest' }];
    const withoutSchema = { ...sound, config: undefined };
    const problems = await problemsOf(
      [...broken, withoutSchema].map((plugin) => ({ plugin: plugin as unknown as PluginEntry['plugin'] })),
    );
    expect(problems.map((problem) => problem.code)).toEqual(Array.from({ length: 5 }, () => 'PLUGIN_INVALID'));
  });

  it('reports a schema that throws instead of answering', async () => {
    const config: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: async () => {
          throw new Error('out of order');
        },
      },
    };
    const [problem] = await problemsOf([entry({ name: 'a', config })]);
    expect(problem?.message).toBe('Configuration of plugin "a": its schema failed to run: out of order');
  });

  it('names the host where a plugin provides a port of the host', async () => {
    const [problem] = await problemsOf([entry({ name: 'a', provides: [Clock] })]);
    expect(problem).toMatchObject({ code: 'PORT_DUPLICATE', plugin: 'a', port: 'postrider.clock' });
    expect(problem?.message).toContain('by the host and "a"');
  });

  it('refuses an optional port in another version, rather than leaving it out', async () => {
    const [problem] = await problemsOf([
      entry({ name: 'provider', provides: [A] }),
      entry({ name: 'user', optional: { a: namedPort('test.a', 2) } }),
    ]);
    expect(problem).toMatchObject({ code: 'PORT_VERSION_MISMATCH', plugin: 'user' });
  });

  it('refuses an extension point in two versions', async () => {
    const [problem] = await problemsOf([
      entry({ name: 'collector', requires: { checks: defineExtensionPoint<string>({ id: 'test.checks' }) } }),
      entry({ name: 'giver', contributes: [defineExtensionPoint<string>({ id: 'test.checks', version: 2 })] }),
    ]);
    expect(problem).toMatchObject({ code: 'PORT_VERSION_MISMATCH', plugin: 'giver', port: 'test.checks' });
  });

  it('reports a plugin that requires its own port as the shortest circle', async () => {
    const [problem] = await problemsOf([entry({ name: 'a', provides: [A], requires: { a: A } })]);
    expect(problem?.message).toBe(
      'Plugins depend on each other in a circle: "a" needs "test.a" of "a". Remove one of these dependencies.',
    );
  });

  it('refuses "continue" for a plugin whose port another requires, not where it is optional', async () => {
    const provider = entry({ name: 'provider', provides: [A] }, { onBootFailure: 'continue' });
    const problems = await problemsOf([provider, entry({ name: 'user', requires: { a: A } })]);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'PLUGIN_POLICY_INVALID', plugin: 'provider', port: 'test.a' }),
    ]);
    await wire([provider, entry({ name: 'user', optional: { a: A } })]);
  });
});

describe('setup failures', () => {
  const failing = (name: string, provides: readonly (typeof A)[] = []) => ({
    name,
    provides,
    setup: () => {
      throw new Error(`${name} is broken`);
    },
  });

  it('reports all of them together, without blaming plugins that only depend on one', async () => {
    const problems = await problemsOf([
      entry(failing('a', [A])),
      entry({ name: 'b', requires: { a: A }, provides: [B] }),
      entry({ name: 'c', requires: { b: B } }),
      entry(failing('d')),
    ]);
    expect(problems.map((problem) => problem.message)).toEqual([
      'Setup of plugin "a" threw: a is broken',
      'Setup of plugin "d" threw: d is broken',
    ]);
  });

  it('goes on without a plugin whose policy is "continue", and shows why', async () => {
    const logger = createRecordingLogger();
    const kernel = await wire([entry(failing('a', [A]), { onBootFailure: 'continue' }), entry({ name: 'b' })], {
      logger,
    });
    expect(kernel.find(A)).toBeUndefined();
    expect(kernel.describe()).toMatchObject([
      { name: 'a', state: 'failed', problem: 'Setup of plugin "a" threw: a is broken' },
      { name: 'b', state: 'wired' },
    ]);
    expect(logger.lines.map((line) => line.level)).toEqual(['error']);
    await kernel.start();
    expect(kernel.describe()).toMatchObject([{ state: 'failed' }, { state: 'started' }]);
  });

  it.each<[string, unknown]>([
    ['returned no plain object', undefined],
    ['returned no plain object', Promise.resolve({ ports: [] })],
    ['did not return port "test.a"', {}],
    ['did not return port "test.a"', { ports: [] }],
    ['returned port "test.b": declare it', { ports: [bind(A, named()), bind(B, named())] }],
    ['returned port "test.a" twice', { ports: [bind(A, named()), bind(A, named())] }],
    [
      'contributed to extension point "test.x": declare it',
      { ports: [bind(A, named())], contributions: [contribute(defineExtensionPoint<number>({ id: 'test.x' }), 1)] },
    ],
  ])('refuses a setup that %s', async (expected, wiring) => {
    const problems = await problemsOf([entry({ name: 'a', provides: [A], setup: () => wiring as object })]);
    expect(problems.map((problem) => problem.code)).toEqual(['PLUGIN_SETUP_INVALID']);
    expect(problems[0]?.message).toContain(`Setup of plugin "a" ${expected}`);
  });
});

function named(): Named {
  return { name: async () => 'x' };
}
