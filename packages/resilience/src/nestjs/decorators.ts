import { Inject } from '@nestjs/common';
import { ResilienceError } from '../errors.js';
import { checkNumber } from '../internal/check-number.js';
import { checkLimit } from '../internal/check-target.js';
import type {
  BulkheadDecoratorOptions,
  CircuitBreakerOptions,
  MethodPolicies,
  RateLimitOptions,
  RetryDecoratorOptions,
} from './method-policies.js';
import { Resilience } from './resilience.js';

type AsyncMethod = (...args: never[]) => Promise<unknown>;

/** A decorator of methods that return promises; others are refused by the compiler. */
export type AsyncMethodDecorator = <M extends AsyncMethod>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/** Where Nest injects the `Resilience` of the application into each object that has a decorated method. */
const injected = Symbol.for('postrider.resilience.injected');
/** On a wrapped method: what its decorators said, for the next of them. */
const policiesKey = Symbol.for('postrider.resilience.policies');

/** Opens after repeated failures and then refuses with `BREAKER_OPEN`. One breaker per method unless the scope says else. */
export function CircuitBreaker(options: CircuitBreakerOptions = {}): AsyncMethodDecorator {
  return decorate((policies) => void (policies.circuitBreaker = options));
}

/** Calls the method again when it rejects, within the retry budget of the application. Refusals are not tried again. */
export function Retry(options: RetryDecoratorOptions = {}): AsyncMethodDecorator {
  return decorate((policies) => void (policies.retry = options));
}

/** Lets so many calls per second pass, and refuses the rest with `RATE_LIMIT_EXCEEDED`, or lets it wait. */
export function RateLimit(options: RateLimitOptions): AsyncMethodDecorator {
  checkLimit(options);
  return decorate((policies) => void (policies.rateLimit = options));
}

/** Lets so many calls run and so many wait at once, in this process, and refuses the rest with `BULKHEAD_FULL`. */
export function Bulkhead(options: BulkheadDecoratorOptions): AsyncMethodDecorator {
  return decorate((policies) => void (policies.bulkhead = options));
}

/** Gives a call up after `timeoutMs` milliseconds with `CALL_TIMED_OUT`. `currentCallSignal()` tells the method. */
export function Timeout(timeoutMs: number): AsyncMethodDecorator {
  checkNumber('timeoutMs', timeoutMs, { min: 0 });
  return decorate((policies) => void (policies.timeout = { timeoutMs }));
}

/** All decorators of a method share one wrapper, so that the order in which they are written does not matter. */
function decorate(add: (policies: MethodPolicies) => void): AsyncMethodDecorator {
  return (target, key, descriptor) => {
    const method = descriptor.value as
      (((...args: unknown[]) => Promise<unknown>) & { [policiesKey]?: MethodPolicies }) | undefined;
    if (method === undefined) throw new TypeError(`${String(key)} is not a method: only methods can be decorated`);
    const known = method[policiesKey];
    if (known !== undefined) return add(known);

    const policies: MethodPolicies = { method: `${target.constructor.name}.${String(key)}` };
    add(policies);
    Inject(Resilience)(target, injected);
    const wrapper = function (this: { readonly [injected]?: Resilience }, ...args: unknown[]): Promise<unknown> {
      const resilience = this[injected];
      if (resilience !== undefined) return resilience.run(() => method.apply(this, args), policies, args);
      const message = `${policies.method} needs a Nest application that imports ResilienceModule.forRoot().`;
      return Promise.reject(new ResilienceError('RESILIENCE_MODULE_MISSING', message));
    };
    // What other decorators have written on the method (routes, guards) must be found on the wrapper.
    for (const name of Reflect.getMetadataKeys(method) as readonly unknown[]) {
      Reflect.defineMetadata(name, Reflect.getMetadata(name, method), wrapper);
    }
    Object.defineProperty(wrapper, 'name', { value: method.name });
    Object.defineProperty(wrapper, policiesKey, { value: policies });
    Object.defineProperty(target, key, { ...descriptor, value: wrapper });
    // Whoever reads the descriptor after us, TypeScript included, must get the wrapper, too.
    Object.assign(descriptor, { value: wrapper });
  };
}
