import { describe, expectTypeOf, it } from 'vitest';
import { contribute, defineExtensionPoint, type Contributions } from './define-extension-point.js';
import { definePlugin, type Plugin } from './define-plugin.js';
import { bind, definePort } from './define-port.js';
import type { StandardSchema } from './standard-schema.js';

interface Greeter {
  greet(name: string): string;
}
interface Counter {
  count(): number;
}

const Greeter = definePort<Greeter>({ id: 'test.greeter', version: 1 });
const Counter = definePort<Counter>({ id: 'test.counter', version: 1 });
const Checks = defineExtensionPoint<{ readonly check: () => boolean }>({ id: 'test.checks' });

declare const config: StandardSchema<{ readonly size: number }>;
declare const greeter: Greeter;
declare const counter: Counter;
const identity = { name: 'test', version: '1.0.0', api: '^1.0.0', config };

describe('definePlugin', () => {
  it('types configuration and dependencies', () => {
    const plugin = definePlugin({
      ...identity,
      provides: [Greeter],
      requires: { counter: Counter, checks: Checks },
      optional: { other: Greeter },
      setup: ({ config: checked, deps }) => {
        expectTypeOf(checked).toEqualTypeOf<{ readonly size: number }>();
        expectTypeOf(deps.counter).toEqualTypeOf<Counter>();
        expectTypeOf(deps.checks).toEqualTypeOf<Contributions<{ readonly check: () => boolean }>>();
        expectTypeOf(deps.other).toEqualTypeOf<Greeter | undefined>();
        return { ports: [bind(Greeter, greeter)] };
      },
    });
    expectTypeOf(plugin).toEqualTypeOf<Plugin>();
  });

  it('refuses a declared port that setup does not return', () => {
    // @ts-expect-error the second port is missing
    definePlugin({ ...identity, provides: [Greeter, Counter], setup: () => ({ ports: [bind(Greeter, greeter)] }) });
    // @ts-expect-error no ports at all
    definePlugin({ ...identity, provides: [Greeter], setup: () => ({}) });
    // @ts-expect-error another port than the declared one
    definePlugin({ ...identity, provides: [Greeter], setup: () => ({ ports: [bind(Counter, counter)] }) });
  });

  it('refuses a port that was not declared', () => {
    // @ts-expect-error nothing is provided
    definePlugin({ ...identity, setup: () => ({ ports: [bind(Greeter, greeter)] }) });
  });

  it('refuses an implementation that does not fit the port', () => {
    // @ts-expect-error a counter is no greeter
    bind(Greeter, counter);
  });

  it('refuses an item of the wrong type or for an undeclared extension point', () => {
    definePlugin({
      ...identity,
      contributes: [Checks],
      setup: () => ({ contributions: [contribute(Checks, { check: () => true })] }),
    });
    // @ts-expect-error a check answers with a boolean
    contribute(Checks, { check: () => 'yes' });
    // @ts-expect-error the extension point is not declared
    definePlugin({ ...identity, setup: () => ({ contributions: [contribute(Checks, { check: () => true })] }) });
  });

  it('refuses a dependency that was not asked for', () => {
    definePlugin({
      ...identity,
      requires: { counter: Counter },
      setup: ({ deps }) => {
        // @ts-expect-error only `counter` was required
        expectTypeOf(deps.greeter).toBeUndefined();
        return {};
      },
    });
  });

  it('accepts a plugin that provides nothing', () => {
    expectTypeOf(definePlugin({ ...identity, setup: () => ({}) })).toEqualTypeOf<Plugin>();
  });
});
