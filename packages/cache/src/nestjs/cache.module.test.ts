import 'reflect-metadata';
import { CACHE_MANAGER, CacheInterceptor, CacheModule as NestCacheModule } from '@nestjs/cache-manager';
import { Controller, Get, Inject, Injectable, Param, Scope, UseInterceptors } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@postrider/core/testing';
import type { Cache as CacheManager } from 'cache-manager';
import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '../memory/memory-cache.js';
import type { Cache } from '../ports/cache.js';
import { createChaosCache } from '../testing/chaos-cache.js';
import { CACHE, Cacheable, CacheEvict, CacheModule, CachePut, createKeyvStore, InjectCache } from './index.js';

interface User {
  readonly id: string;
  readonly name: string;
}

/** A repository whose reads can be counted. */
@Injectable()
class Users {
  readonly names = new Map([['u1', 'Ada']]);
  reads = 0;

  @Cacheable({ key: (id: string) => `user:${id}`, ttl: '5m', tags: (id) => [`user:${id}`, 'users'], negativeTtl: '5s' })
  async find(id: string): Promise<User | undefined> {
    this.reads += 1;
    await Promise.resolve();
    const name = this.names.get(id);
    return name === undefined ? undefined : { id, name };
  }

  @Cacheable()
  async search(filter: { readonly prefix: string; readonly limit?: number | undefined }): Promise<readonly string[]> {
    this.reads += 1;
    return [...this.names.values()].filter((name) => name.startsWith(filter.prefix));
  }

  @CacheEvict({ tags: (id: string) => [`user:${id}`], pattern: 'Users.search:*' })
  async rename(id: string, name: string): Promise<void> {
    if (name === '') throw new Error('a name is needed');
    this.names.set(id, name);
  }

  @CachePut({ key: (user: User) => `user:${user.id}`, tags: ['users'] })
  async save(user: User): Promise<User> {
    this.names.set(user.id, user.name);
    return user;
  }

  @CacheEvict({ all: true })
  async forgetAll(): Promise<void> {
    this.names.clear();
  }
}

let madeInRequests = 0;

/** One per request: its cached results are shared between them all the same. */
@Injectable({ scope: Scope.REQUEST })
class Greeter {
  readonly #users: Users;

  constructor(@Inject(Users) users: Users) {
    this.#users = users;
  }

  @Cacheable({ key: 'greeting' })
  async greet(id: string): Promise<string> {
    madeInRequests += 1;
    return `Hello ${(await this.#users.find(id))?.name ?? 'stranger'}`;
  }
}

@Controller()
class Greetings {
  readonly #greeter: Greeter;

  constructor(@Inject(Greeter) greeter: Greeter) {
    this.#greeter = greeter;
  }

  @Get('greetings/:id')
  async greet(@Param('id') id: string): Promise<string> {
    return this.#greeter.greet(id);
  }
}

async function createUsers(cache: Cache): Promise<Users> {
  const module = await Test.createTestingModule({
    imports: [CacheModule.forRoot({ cache })],
    providers: [Users],
  }).compile();
  return module.get(Users);
}

describe('the decorators', () => {
  it('answer from the cache until the TTL is over, and load once for concurrent callers', async () => {
    const clock = new FakeClock();
    const users = await createUsers(createMemoryCache({ clock }));
    const found = await Promise.all([users.find('u1'), users.find('u1'), users.find('u1')]);
    expect(found).toEqual(Array.from({ length: 3 }, () => ({ id: 'u1', name: 'Ada' })));
    expect(users.reads).toBe(1);
    await clock.advance(300_000);
    await users.find('u1');
    expect(users.reads).toBe(2);
  });

  it('remember that there is none for negativeTtl', async () => {
    const clock = new FakeClock();
    const users = await createUsers(createMemoryCache({ clock }));
    expect([await users.find('nobody'), await users.find('nobody'), users.reads]).toEqual([undefined, undefined, 1]);
    await clock.advance(5_000);
    await users.find('nobody');
    expect(users.reads).toBe(2);
  });

  it('name values by class, method and arguments when no key is given', async () => {
    const cache = createMemoryCache();
    const users = await createUsers(cache);
    await users.search({ prefix: 'A' });
    await users.search({ prefix: 'A', limit: undefined });
    await users.search({ prefix: 'B' });
    expect(users.reads).toBe(2);
    expect(await cache.get('Users.search:{prefix:A}')).toEqual(['Ada']);
  });

  it('evict by tags of the arguments and by pattern once the method has resolved, not when it rejects', async () => {
    const users = await createUsers(createMemoryCache());
    await users.find('u1');
    await users.search({ prefix: 'A' });
    await expect(users.rename('u1', '')).rejects.toThrow('a name is needed');
    await users.find('u1');
    expect(users.reads).toBe(2);
    await users.rename('u1', 'Augusta');
    expect(await users.find('u1')).toEqual({ id: 'u1', name: 'Augusta' });
    expect(await users.search({ prefix: 'A' })).toEqual(['Augusta']);
    expect(users.reads).toBe(4);
  });

  it('keep nothing that was read before an eviction', async () => {
    const users = await createUsers(createMemoryCache());
    const early = users.find('u1');
    await users.rename('u1', 'Augusta');
    await early;
    expect(await users.find('u1')).toEqual({ id: 'u1', name: 'Augusta' });
  });

  it('store what a CachePut method resolves to, and empty the cache with all', async () => {
    const users = await createUsers(createMemoryCache());
    await users.save({ id: 'u2', name: 'Grace' });
    expect([await users.find('u2'), users.reads]).toEqual([{ id: 'u2', name: 'Grace' }, 0]);
    await users.forgetAll();
    expect(await users.find('u2')).toBeUndefined();
  });

  it('go around a cache that is away, without calling the method twice', async () => {
    const users = await createUsers(createChaosCache(createMemoryCache(), { seed: 7, failureRate: 1 }));
    for (let call = 1; call <= 10; call += 1) {
      expect(await users.find('u1')).toEqual({ id: 'u1', name: 'Ada' });
      expect(users.reads).toBe(call);
    }
    await users.rename('u1', 'Augusta');
    await users.save({ id: 'u2', name: 'Grace' });
    expect(users.names).toEqual(
      new Map([
        ['u1', 'Augusta'],
        ['u2', 'Grace'],
      ]),
    );
  });

  it('leave an instance alone that Nest did not make', async () => {
    const users = new Users();
    await users.find('u1');
    await users.find('u1');
    expect(users.reads).toBe(2);
  });

  it('refuse an eviction of nothing', () => {
    expect(() => CacheEvict({})).toThrow('nothing to evict');
  });
});

describe('CacheModule', () => {
  it('takes options of other providers, and refuses those out of range', async () => {
    const provider = { provide: 'LIMIT', useValue: 2 };
    const imports = [{ module: Users, providers: [provider], exports: ['LIMIT'] }];
    const useFactory = async (maxEntries: number) => ({ maxEntries });
    const module = await Test.createTestingModule({
      imports: [CacheModule.forRootAsync({ imports, inject: ['LIMIT'], useFactory })],
    }).compile();
    expect((await module.get<Cache>(CACHE).statistics()).maxEntries).toBe(2);
    expect(() => CacheModule.forRoot({ maxEntries: 0 })).toThrow('maxEntries is 0');
  });
});

describe('an application with @nestjs/cache-manager', () => {
  @Controller('times')
  @UseInterceptors(CacheInterceptor)
  class Times {
    calls = 0;

    @Get()
    read(): { readonly calls: number } {
      this.calls += 1;
      return { calls: this.calls };
    }
  }

  @Injectable()
  class Reader {
    readonly cache: Cache;
    readonly manager: CacheManager;

    constructor(@InjectCache() cache: Cache, @Inject(CACHE_MANAGER) manager: CacheManager) {
      this.cache = cache;
      this.manager = manager;
    }
  }

  async function createApp(): Promise<NestFastifyApplication> {
    const module = await Test.createTestingModule({
      imports: [
        CacheModule.forRoot({ maxEntries: 100 }),
        NestCacheModule.registerAsync({
          inject: [CACHE],
          useFactory: (cache: Cache) => ({ stores: createKeyvStore(cache) as never, ttl: 60_000 }),
        }),
      ],
      controllers: [Times, Greetings],
      providers: [Reader, Users, Greeter],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    return app;
  }

  it('caches its responses and what its manager is given, within the limits and statistics of the cache', async () => {
    const app = await createApp();
    const { cache, manager } = app.get(Reader);
    const read = async () => (await app.inject({ url: '/times' })).json<unknown>();
    expect([await read(), await read()]).toEqual([{ calls: 1 }, { calls: 1 }]);

    await manager.set('key', { nested: [1, null] }, 60_000);
    expect(await manager.get('key')).toEqual({ nested: [1, null] });
    expect(await manager.wrap('wrapped', async () => 'value')).toBe('value');
    expect((await cache.statistics()).entries).toBe(3);
    await manager.del('key');
    expect(await manager.get('key')).toBeUndefined();

    await cache.set('of the application', { value: 1 });
    await manager.clear();
    expect(await read()).toEqual({ calls: 2 });
    expect(await cache.get('of the application')).toBe(1);
    await app.close();
  });

  it('shares the results of providers that live for one request', async () => {
    const app = await createApp();
    const texts = [];
    for (const id of ['u1', 'u1', 'u1']) texts.push((await app.inject({ url: `/greetings/${id}` })).body);
    expect(texts).toEqual(['Hello Ada', 'Hello Ada', 'Hello Ada']);
    expect(madeInRequests).toBe(1);
    await app.close();
  });
});

describe('the compiler', () => {
  it('refuses methods that the decorators cannot cache', () => {
    class Wrong {
      // @ts-expect-error the key is made of other arguments than the method has
      @Cacheable({ key: (id: number) => `user:${id}` })
      async find(id: string): Promise<string> {
        return id;
      }

      // @ts-expect-error the method is not asynchronous
      @Cacheable()
      now(): number {
        return 1;
      }
    }
    expect(new Wrong().now()).toBeInstanceOf(Promise);
  });
});
