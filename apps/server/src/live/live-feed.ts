import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { DeliveryOutcome, Invalidation } from '@postrider/core';
import { EngineEvents } from '../operations/engine-events.js';
import { InjectHostPorts, InjectPort, type HostPorts } from '../plugins/host-ports.js';
import { readTag, toEventTag, toLiveEvents, toWantedTag, type LiveEvent } from './live-event.js';
import { RecentEvents } from './recent-events.js';

const announceEveryMs = 10_000;
/** So long after the last one left, events are still kept for whoever comes back. */
const wantedForMs = 60_000;

/** Who watches an environment here. */
export interface Watcher {
  readonly next: (event: LiveEvent) => void;
  /** Events may have been missed. */
  readonly gap: () => void;
}

interface Watched {
  untilMs: number;
  readonly recent: RecentEvents;
  readonly watchers: Set<Watcher>;
}

/**
 * What happens right now, in all processes of the installation, for those who watch. While somebody watches an
 * environment, whoever does something for it says so by hint, and every process keeps the last of it; otherwise this
 * costs nothing. Hints may be lost: this is a view, the truth is in the store.
 */
@Injectable()
export class LiveFeed implements OnModuleInit, OnApplicationShutdown {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'clock' | 'invalidations'>;
  @InjectPort(EngineEvents) private readonly engine!: EngineEvents;
  readonly #watched = new Map<string, Watched>();
  #unsubscribe: readonly (() => void)[] = [];

  onModuleInit(): void {
    this.#unsubscribe = [
      this.ports.invalidations.subscribe((invalidation) => this.#hear(invalidation)),
      this.engine.subscribe({ recorded: ({ outcomes }) => this.#tellOutcomes(outcomes) }),
    ];
  }

  onApplicationShutdown(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** Tells those who watch the environment, in every process. */
  tell(environmentId: string, event: LiveEvent): void {
    if (!this.#isWanted(environmentId)) return;
    this.ports.invalidations.publish({ tags: [toEventTag(environmentId, event)] });
  }

  /**
   * Watches until the returned function is called. With the id of the last event that was seen, what came since comes
   * first, or `gap` when that cannot be said.
   */
  watch(environmentId: string, watcher: Watcher, lastEventId?: string): () => void {
    const missed = lastEventId === undefined ? [] : this.#watched.get(environmentId)?.recent.after(lastEventId);
    this.ports.invalidations.publish({ tags: [toWantedTag(environmentId)] });
    const watched = this.#want(environmentId);
    if (missed === undefined) watcher.gap();
    for (const event of missed ?? []) watcher.next(event);
    watched.watchers.add(watcher);
    return () => void watched.watchers.delete(watcher);
  }

  /** Says anew who is watched here, and forgets who is watched nowhere. */
  @Interval(announceEveryMs)
  announce(): void {
    const nowMs = this.ports.clock.monotonicMs();
    for (const [environmentId, { watchers, untilMs }] of this.#watched) {
      if (watchers.size > 0) this.ports.invalidations.publish({ tags: [toWantedTag(environmentId)] });
      else if (untilMs <= nowMs) this.#watched.delete(environmentId);
    }
  }

  #isWanted(environmentId: string): boolean {
    const untilMs = this.#watched.get(environmentId)?.untilMs;
    return untilMs !== undefined && untilMs > this.ports.clock.monotonicMs();
  }

  #want(environmentId: string): Watched {
    const untilMs = this.ports.clock.monotonicMs() + wantedForMs;
    const known = this.#watched.get(environmentId);
    if (known !== undefined) {
      known.untilMs = untilMs;
      return known;
    }
    const watched = { untilMs, recent: new RecentEvents(), watchers: new Set<Watcher>() };
    this.#watched.set(environmentId, watched);
    return watched;
  }

  #tellOutcomes(outcomes: readonly DeliveryOutcome[]): void {
    if (this.#watched.size === 0) return;
    const tags = outcomes
      .filter(({ environmentId }) => this.#isWanted(environmentId))
      .flatMap((outcome) => toLiveEvents(outcome).map((event) => toEventTag(outcome.environmentId, event)));
    if (tags.length > 0) this.ports.invalidations.publish({ tags });
  }

  #hear(invalidation: Invalidation): void {
    if (invalidation.kind === 'everything') {
      for (const { watchers } of this.#watched.values()) for (const watcher of watchers) watcher.gap();
      return;
    }
    for (const tag of invalidation.tags) {
      const heard = readTag(tag);
      if (heard?.kind === 'wanted') this.#want(heard.environmentId);
      else if (heard !== undefined) this.#pass(heard.environmentId, heard.event);
    }
  }

  #pass(environmentId: string, event: LiveEvent): void {
    const watched = this.#watched.get(environmentId);
    if (watched?.recent.add(event, this.ports.clock.monotonicMs()) !== true) return;
    for (const watcher of watched.watchers) watcher.next(event);
  }
}
