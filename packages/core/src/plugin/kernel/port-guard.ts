import { coreError } from '../../errors.js';

/** Whether the plugin behind a port can be used. */
export type PortPhase = 'not_started' | 'usable' | 'stopped';

export interface PortGuardParams<T extends object> {
  readonly implementation: T;
  readonly portId: string;
  readonly pluginName: string;
  readonly phase: () => PortPhase;
}

/**
 * An object that behaves as `implementation`, except that calling it outside the `usable` phase throws
 * `PORT_NOT_STARTED` or `PORT_STOPPED`. It throws rather than returning a rejected promise, because a method that
 * returns nothing would leave that rejection unhandled. Properties can be read at any time.
 */
export function guardPort<T extends object>(params: PortGuardParams<T>): T {
  const { implementation } = params;
  // Methods run with the implementation as `this`, else private fields would not be found behind the proxy.
  const guarded = new Map<PropertyKey, { readonly method: unknown; readonly wrapper: unknown }>();
  // The proxied object is a stand-in: behind a proxy of the implementation itself, a frozen one could not be guarded.
  const standIn = typeof implementation === 'function' ? () => undefined : {};
  return new Proxy(standIn, {
    get: (_, key) => {
      const value: unknown = Reflect.get(implementation, key, implementation);
      if (typeof value !== 'function') return value;
      const known = guarded.get(key);
      if (known?.method === value) return known.wrapper;
      const wrapper = (...args: unknown[]): unknown => {
        assertUsable(params, key);
        return Reflect.apply(value, implementation, args);
      };
      guarded.set(key, { method: value, wrapper });
      return wrapper;
    },
    apply: (_, thisArgument, args) => {
      assertUsable(params, 'call');
      const result: unknown = Reflect.apply(implementation as () => unknown, thisArgument, args);
      return result;
    },
    set: (_, key, value) => Reflect.set(implementation, key, value, implementation),
    has: (_, key) => Reflect.has(implementation, key),
    getPrototypeOf: () => Reflect.getPrototypeOf(implementation),
  }) as T;
}

function assertUsable(params: Omit<PortGuardParams<object>, 'implementation'>, key: PropertyKey): void {
  const phase = params.phase();
  if (phase === 'usable') return;
  const call = `"${String(key)}" of port "${params.portId}" was called`;
  if (phase === 'not_started') {
    throw coreError(
      'PORT_NOT_STARTED',
      `${call} before its plugin "${params.pluginName}" had started: use ports in start or later, not in setup.`,
    );
  }
  throw coreError(
    'PORT_STOPPED',
    `${call} after its plugin "${params.pluginName}" had stopped: end your own work in stop.`,
  );
}
