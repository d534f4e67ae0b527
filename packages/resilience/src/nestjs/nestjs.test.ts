import 'reflect-metadata';
import { Injectable, Module, SetMetadata, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, describe, expect, it } from 'vitest';
import { defineBreakerPolicy } from '../breaker/breaker-policy.js';
import { createRetryBudget } from '../retry/retry-budget.js';
import { createLocalState } from '../shared/local-state.js';
import { ManualClock } from '../testing/manual-clock.js';
import {
  Bulkhead,
  CircuitBreaker,
  currentCallSignal,
  RateLimit,
  Resilience,
  ResilienceModule,
  Retry,
  Timeout,
  type ResilienceModuleOptions,
} from './index.js';

const Role = (name: string) => SetMetadata('role', name);

/** What each method does is decided by its test. */
@Injectable()
class Remote {
  calls = 0;
  behave: () => Promise<string> = async () => 'done';

  private called(): Promise<string> {
    this.calls += 1;
    return this.behave();
  }

  @CircuitBreaker({ policy: defineBreakerPolicy({ consecutiveFailures: 2 }) })
  guarded(): Promise<string> {
    return this.called();
  }

  @CircuitBreaker({ policy: defineBreakerPolicy({ consecutiveFailures: 2 }), key: (endpointId: string) => endpointId })
  guardedEach(_endpointId: string): Promise<string> {
    return this.called();
  }

  @Retry({ scheduleMs: [10, 10] })
  retried(): Promise<string> {
    return this.called();
  }

  @RateLimit({ ratePerSecond: 1, burst: 2 })
  limited(): Promise<string> {
    return this.called();
  }

  @RateLimit({ ratePerSecond: 1, burst: 1, maxWaitMs: 5000 })
  paced(): Promise<string> {
    return this.called();
  }

  @Bulkhead({ maxRunning: 1, maxQueued: 0 })
  contained(): Promise<string> {
    return this.called();
  }

  @Timeout(1000)
  async timed(): Promise<string> {
    const signal = currentCallSignal();
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));
  }

  // Written in the wrong order on purpose.
  @Timeout(1000)
  @RateLimit({ ratePerSecond: 1000, burst: 1000 })
  @Role('sender')
  @Bulkhead({ maxRunning: 5, maxQueued: 5 })
  @Retry({ scheduleMs: [10, 10, 10] })
  @CircuitBreaker({ policy: defineBreakerPolicy({ consecutiveFailures: 2 }) })
  stacked(): Promise<string> {
    return this.called();
  }
}

@Module({ providers: [Remote] })
class FeatureModule {}

describe('the decorators in a NestJS application', () => {
  let app: INestApplicationContext | undefined;
  afterEach(() => app?.close());

  async function setUp(options: ResilienceModuleOptions = {}) {
    const clock = new ManualClock();
    class RootModule {}
    Module({ imports: [ResilienceModule.forRoot({ clock, random: () => 0.5, ...options }), FeatureModule] })(
      RootModule,
    );
    app = await NestFactory.createApplicationContext(RootModule, { logger: false });
    return { clock, remote: app.get(Remote), app };
  }
  const codeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'done',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
  const failing = (): Promise<string> => Promise.reject(new Error('refused by the other side'));

  it('open a breaker after failures, refuse calls, and let them pass again', async () => {
    const { clock, remote } = await setUp();
    remote.behave = failing;
    for (let count = 0; count < 2; count += 1) await expect(remote.guarded()).rejects.toThrow('other side');
    expect(await codeOf(remote.guarded())).toBe('BREAKER_OPEN');
    expect(remote.calls).toBe(2);
    remote.behave = async () => 'done';
    await clock.advance(30_000);
    expect(await remote.guarded()).toBe('done');
  });

  it('keep a breaker per key', async () => {
    const { remote } = await setUp();
    remote.behave = failing;
    for (let count = 0; count < 3; count += 1) await codeOf(remote.guardedEach('ep_1'));
    expect(await codeOf(remote.guardedEach('ep_1'))).toBe('BREAKER_OPEN');
    remote.behave = async () => 'done';
    expect(await remote.guardedEach('ep_2')).toBe('done');
  });

  it('retry, within the budget of the application', async () => {
    const retryBudget = createRetryBudget({ now: () => 0, minimumAttempts: 1, maxShare: 0 });
    const { clock, remote } = await setUp({ retryBudget });
    remote.behave = failing;
    const ended = remote.retried().catch((error: unknown) => error);
    await clock.advance(1000);
    expect(await ended).toMatchObject({ message: expect.stringContaining('other side') as string });
    expect(remote.calls).toBe(2);
  });

  it('limit the rate: refuse what is too much, or let it wait', async () => {
    const { clock, remote } = await setUp();
    expect([await remote.limited(), await remote.limited(), await codeOf(remote.limited())]).toEqual([
      'done',
      'done',
      'RATE_LIMIT_EXCEEDED',
    ]);
    await remote.paced();
    let isDone = false;
    const waiting = remote.paced().then(() => (isDone = true));
    await clock.advance(999);
    expect(isDone).toBe(false);
    await clock.advance(1);
    await waiting;
  });

  it('bound what runs at once', async () => {
    const { remote } = await setUp();
    let release = (): void => undefined;
    remote.behave = () => new Promise((resolve) => (release = () => resolve('done')));
    const running = remote.contained();
    expect(await codeOf(remote.contained())).toBe('BULKHEAD_FULL');
    await new Promise(setImmediate);
    release();
    expect(await running).toBe('done');
  });

  it('give a call up, and tell the method so', async () => {
    const { clock, remote } = await setUp();
    const code = codeOf(remote.timed());
    await clock.advance(1000);
    expect(await code).toBe('CALL_TIMED_OUT');
  });

  it('stack in one order, however they are written: each attempt counts for the breaker, and its refusal ends the retries', async () => {
    const { clock, remote } = await setUp();
    remote.behave = failing;
    const code = codeOf(remote.stacked());
    await clock.advance(1000);
    expect(await code).toBe('BREAKER_OPEN');
    expect(remote.calls).toBe(2);
  });

  it('leave what other decorators said about the method where it is found', () => {
    const method: unknown = Object.getOwnPropertyDescriptor(Remote.prototype, 'stacked')?.value;
    expect(Reflect.getMetadata('role', method as object)).toBe('sender');
    expect(Remote.prototype.stacked.name).toBe('stacked');
  });

  it('share the state that forRootAsync gets from other providers', async () => {
    const clock = new ManualClock();
    const state = createLocalState({ clock });
    @Module({ providers: [{ provide: 'STATE', useValue: state }], exports: ['STATE'] })
    class StateModule {}
    class RootModule {}
    const options = ResilienceModule.forRootAsync({
      imports: [StateModule],
      inject: ['STATE'],
      useFactory: (given: typeof state) => ({ state: given, clock }),
    });
    Module({ imports: [options, FeatureModule] })(RootModule);
    app = await NestFactory.createApplicationContext(RootModule, { logger: false });
    expect(app.get(Resilience).state).toBe(state);
    await state.forceBreaker({ subject: 'Remote.guarded', to: 'isolated' });
    expect(await codeOf(app.get(Remote).guarded())).toBe('BREAKER_OPEN');
  });

  it('keep the state of two applications apart', async () => {
    const first = await setUp();
    first.remote.behave = failing;
    for (let count = 0; count < 2; count += 1) await codeOf(first.remote.guarded());
    const second = await setUp();
    expect(await second.remote.guarded()).toBe('done');
    expect(await codeOf(first.remote.guarded())).toBe('BREAKER_OPEN');
    await first.app.close();
  });

  it('say what is missing when the object was not made by Nest', async () => {
    expect(await codeOf(new Remote().guarded())).toBe('RESILIENCE_MODULE_MISSING');
  });
});
