import { describe, expect, it } from 'vitest';
import { guardPort, type PortPhase } from './port-guard.js';

class Counter {
  readonly capabilities = { listen: true };
  #count = 0;

  increment(by = 1): number {
    this.#count += by;
    return this.#count;
  }
}

function guard<T extends object>(implementation: T) {
  const state: { phase: PortPhase } = { phase: 'not_started' };
  const params = { implementation, portId: 'test.port', pluginName: 'test', phase: () => state.phase };
  return { state, port: guardPort(params) };
}

describe('guardPort', () => {
  it('lets properties be read at any time', () => {
    const { port } = guard(new Counter());
    expect(port.capabilities).toEqual({ listen: true });
    expect('increment' in port).toBe(true);
    expect(port).toBeInstanceOf(Counter);
  });

  it('passes calls on to the implementation, private state and arguments included', () => {
    const { port, state } = guard(new Counter());
    expect(() => port.increment()).toThrow(expect.objectContaining({ code: 'PORT_NOT_STARTED' }));
    state.phase = 'usable';
    port.increment();
    expect(port.increment(2)).toBe(3);
    state.phase = 'stopped';
    expect(() => port.increment()).toThrow(expect.objectContaining({ code: 'PORT_STOPPED' }));
  });

  it('gives the same method each time, and the new one after it was replaced', () => {
    const implementation = { answer: () => 1 };
    const { port, state } = guard(implementation);
    state.phase = 'usable';
    expect(port.answer).toBe(port.answer);
    port.answer = () => 2;
    expect(port.answer()).toBe(2);
    expect(implementation.answer()).toBe(2);
  });

  it('guards frozen objects and plain functions', () => {
    const frozen = guard(Object.freeze({ answer: () => 42 }));
    const callable = guard((left: number, right: number) => left + right);
    expect(() => frozen.port.answer()).toThrow(expect.objectContaining({ code: 'PORT_NOT_STARTED' }));
    expect(() => callable.port(1, 2)).toThrow(expect.objectContaining({ code: 'PORT_NOT_STARTED' }));
    frozen.state.phase = 'usable';
    callable.state.phase = 'usable';
    expect(frozen.port.answer()).toBe(42);
    expect(callable.port(1, 2)).toBe(3);
  });

  it('can be returned from an asynchronous function', async () => {
    const { port } = guard(new Counter());
    expect(await Promise.resolve(port)).toBe(port);
  });
});
