import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessOf } from './route-access.js';

/** Refuses to start when a route declares neither a scope nor that it is public, so that none can be forgotten. */
@Injectable()
export class RouteAccessCheck implements OnModuleInit {
  readonly #discovery: DiscoveryService;
  readonly #scanner: MetadataScanner;
  readonly #reflector: Reflector;

  constructor(
    @Inject(DiscoveryService) discovery: DiscoveryService,
    @Inject(MetadataScanner) scanner: MetadataScanner,
    @Inject(Reflector) reflector: Reflector,
  ) {
    this.#discovery = discovery;
    this.#scanner = scanner;
    this.#reflector = reflector;
  }

  onModuleInit(): void {
    const open = this.#discovery
      .getControllers()
      .flatMap(({ instance, metatype }) => this.#findOpen(instance, metatype));
    if (open.length === 0) return;
    throw new Error(`These routes declare neither @RequireScope() nor @Public(): ${open.join(', ')}.`);
  }

  #findOpen(instance: unknown, metatype: unknown): string[] {
    if (typeof instance !== 'object' || instance === null || typeof metatype !== 'function') return [];
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    return this.#scanner
      .getAllMethodNames(prototype)
      .map((name) => prototype[name])
      .filter((method) => typeof method === 'function')
      .filter((method) => Reflect.hasMetadata(PATH_METADATA, method))
      .filter(
        (method) => accessOf(this.#reflector, [method as () => void, metatype as new () => unknown]) === undefined,
      )
      .map((method) => `${metatype.name}.${method.name}`);
  }
}
