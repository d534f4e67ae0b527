import { describe, expect, it } from 'vitest';
import { entry, namedPort, type TestPlugin } from '../../../test/support/plugins.js';
import { FakeClock } from '../../testing/fake-clock.js';
import { createRecordingLogger } from '../../testing/recording-logger.js';
import type { PluginEntry } from './plugin-entry.js';
import { wirePlugins } from './wire-plugins.js';

const A = namedPort('test.a');
const B = namedPort('test.b');

/** Plugins `a` ← `b` ← `c`, each depending on the one before, whose starts and stops are written to `events`. */
function chain(events: string[], overrides: Readonly<Record<string, Partial<TestPlugin>>> = {}): PluginEntry[] {
  const traced = (spec: TestPlugin): PluginEntry =>
    entry({
      ...spec,
      start: async () => void events.push(`start ${spec.name}`),
      stop: async () => void events.push(`stop ${spec.name}`),
      ...overrides[spec.name],
    });
  return [
    traced({ name: 'c', requires: { b: B } }),
    traced({ name: 'a', provides: [A] }),
    traced({ name: 'b', provides: [B], requires: { a: A } }),
  ];
}

async function wire(plugins: readonly PluginEntry[]) {
  const clock = new FakeClock();
  const logger = createRecordingLogger();
  return { clock, logger, kernel: await wirePlugins({ plugins, clock, logger, stopTimeoutMs: 1_000 }) };
}

const never = () => new Promise<void>(() => undefined);

describe('start and stop', () => {
  it('start in the order of dependencies, stop in reverse', async () => {
    const events: string[] = [];
    const { kernel, clock } = await wire(chain(events));
    await kernel.start();
    expect(kernel.describe().map((plugin) => plugin.state)).toEqual(['started', 'started', 'started']);
    expect(await kernel.stop()).toEqual({ failures: [] });
    expect(events).toEqual(['start a', 'start b', 'start c', 'stop c', 'stop b', 'stop a']);
    expect(kernel.describe().map((plugin) => plugin.state)).toEqual(['stopped', 'stopped', 'stopped']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('happen once, however often they are asked for', async () => {
    const events: string[] = [];
    const { kernel } = await wire(chain(events));
    await Promise.all([kernel.start(), kernel.start()]);
    await kernel.start();
    await Promise.all([kernel.stop(), kernel.stop()]);
    await kernel.stop();
    expect(events).toHaveLength(6);
  });

  it('stop nothing that was never started, and refuse to start what was stopped', async () => {
    const events: string[] = [];
    const { kernel } = await wire(chain(events));
    expect(await kernel.stop()).toEqual({ failures: [] });
    await expect(kernel.start()).rejects.toMatchObject({ code: 'PLUGIN_STATE_INVALID' });
    expect(events).toEqual([]);
  });
});

describe('a start that fails', () => {
  it('stops what had started and the plugin that failed, then rejects with the cause', async () => {
    const events: string[] = [];
    const cause = new Error('no route to host');
    const start = async () => {
      throw cause;
    };
    const { kernel } = await wire(chain(events, { b: { start } }));
    await expect(kernel.start()).rejects.toMatchObject({
      code: 'PLUGIN_START_FAILED',
      message: 'Plugin "b" 1.0.0 failed to start: no route to host',
      details: { plugin: 'b' },
      cause,
    });
    expect(events).toEqual(['start a', 'stop b', 'stop a']);
    await kernel.stop();
    expect(events).toHaveLength(3);
  });

  it('fails the same way when it throws instead of rejecting', async () => {
    const start = () => {
      throw new Error('thrown at once');
    };
    const { kernel } = await wire(chain([], { a: { start } }));
    await expect(kernel.start()).rejects.toMatchObject({ code: 'PLUGIN_START_FAILED' });
  });

  it('leaves the plugin out and goes on where its policy is "continue"', async () => {
    const events: string[] = [];
    const [c, a, b] = chain(events, {
      c: {
        start: async () => {
          throw new Error('no licence');
        },
      },
    });
    const { kernel, logger } = await wire([a, b, { ...c, onBootFailure: 'continue' }] as PluginEntry[]);
    await kernel.start();
    expect(kernel.describe()).toMatchObject([
      { name: 'a', state: 'started' },
      { name: 'b', state: 'started' },
      { name: 'c', state: 'failed', problem: 'Plugin "c" 1.0.0 failed to start: no licence' },
    ]);
    expect(logger.lines.map((line) => line.level)).toEqual(['error']);
    await kernel.stop();
    expect(events).toEqual(['start a', 'start b', 'stop c', 'stop b', 'stop a']);
    expect(kernel.describe()[2]?.state).toBe('failed');
  });
});

describe('a stop that fails', () => {
  it('does not keep the others from being stopped', async () => {
    const events: string[] = [];
    const cause = new Error('socket gone');
    const { kernel, logger } = await wire(
      chain(events, {
        b: {
          stop: async () => {
            throw cause;
          },
        },
      }),
    );
    await kernel.start();
    const { failures } = await kernel.stop();
    expect(failures).toEqual([
      expect.objectContaining({
        code: 'PLUGIN_STOP_FAILED',
        message: 'Plugin "b" failed to stop: socket gone',
        details: { plugin: 'b' },
        cause,
      }),
    ]);
    expect(logger.lines).toEqual([expect.objectContaining({ level: 'error', message: failures[0]?.message })]);
    expect(events.slice(3)).toEqual(['stop c', 'stop a']);
  });

  it('is left behind at its deadline, which its signal tells it', async () => {
    const events: string[] = [];
    let signal: AbortSignal | undefined;
    const stop: TestPlugin['stop'] = (context) => {
      signal = context.signal;
      return never();
    };
    const { kernel, clock } = await wire(chain(events, { b: { stop } }));
    await kernel.start();
    const stopping = kernel.stop();
    await clock.advance(999);
    expect(signal?.aborted).toBe(false);
    expect(events.at(-1)).toBe('stop c');
    await clock.advance(1);
    expect(signal?.aborted).toBe(true);
    expect(await stopping).toMatchObject({ failures: [{ code: 'PLUGIN_STOP_TIMEOUT', details: { plugin: 'b' } }] });
    expect(events.at(-1)).toBe('stop a');
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a stop during the start', () => {
  it('aborts the plugin that is starting, starts nothing further and stops what had started', async () => {
    const events: string[] = [];
    const start: TestPlugin['start'] = async ({ signal }) => {
      events.push('start b');
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const { kernel, clock } = await wire(chain(events, { b: { start } }));
    const starting = kernel.start().catch((error: unknown) => error);
    await clock.advance(0);
    expect(await kernel.stop()).toEqual({ failures: [] });
    expect(await starting).toMatchObject({ code: 'PLUGIN_START_ABORTED' });
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('lets a plugin that ignores the signal finish its start first', async () => {
    const events: string[] = [];
    const release = Promise.withResolvers<void>();
    const start = async () => release.promise.then(() => void events.push('start b'));
    const { kernel, clock } = await wire(chain(events, { b: { start } }));
    const starting = kernel.start().catch((error: unknown) => error);
    await clock.advance(0);
    const stopping = kernel.stop();
    await clock.advance(500);
    expect(events).toEqual(['start a']);
    release.resolve();
    await stopping;
    expect(await starting).toMatchObject({ code: 'PLUGIN_START_ABORTED' });
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('does not wait for ever for a plugin that hangs while it starts', async () => {
    const events: string[] = [];
    const { kernel, clock } = await wire(chain(events, { b: { start: never } }));
    const starting = kernel.start().catch((error: unknown) => error);
    await clock.advance(0);
    const stopping = kernel.stop();
    await clock.advance(1_000);
    await stopping;
    expect(await starting).toMatchObject({ code: 'PLUGIN_START_ABORTED' });
    expect(events).toEqual(['start a', 'stop b', 'stop a']);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a port', () => {
  it('refuses calls before its plugin has started and after it has stopped', async () => {
    const { kernel } = await wire(chain([]));
    const port = kernel.get(A);
    expect(() => port.name()).toThrow(
      expect.objectContaining({
        code: 'PORT_NOT_STARTED',
        message:
          '"name" of port "test.a" was called before its plugin "a" had started: use ports in start or later, not in setup.',
      }),
    );
    await kernel.start();
    expect(await port.name()).toBe('a');
    await kernel.stop();
    expect(() => port.name()).toThrow(expect.objectContaining({ code: 'PORT_STOPPED' }));
  });

  it('can be used by dependents while they stop', async () => {
    const events: string[] = [];
    let useInStop: () => Promise<void> = never;
    const { kernel } = await wire(chain(events, { b: { stop: async () => useInStop() } }));
    useInStop = async () => void events.push(`b still reaches ${await kernel.get(A).name()}`);
    await kernel.start();
    expect(await kernel.stop()).toEqual({ failures: [] });
    expect(events).toContain('b still reaches a');
  });

  it('works at once where its plugin has nothing to start', async () => {
    const { kernel } = await wire(chain([], { a: { start: undefined } }));
    expect(await kernel.get(A).name()).toBe('a');
  });
});
