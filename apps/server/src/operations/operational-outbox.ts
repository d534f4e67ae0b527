import { Inject, Injectable } from '@nestjs/common';
import type { Random } from '@postrider/core';
import { defaultEnvironmentId } from '../lifecycle/first-boot.js';
import type { LiveEvent } from '../live/live-event.js';
import { LiveFeed } from '../live/live-feed.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import { isOperational } from './operational-environment.js';
import { OperationalEvents, type OperationalEvent } from './operational-events.js';
import { OperationalSubscribers } from './operational-subscribers.js';

const maxWaiting = 10_000;
const retryAfterMs = 1_000;
/** Five minutes at least, the time that a store may be away before events are lost. */
const maxTries = 300;
/** So many in a row are refused before the rest is left alone for a while. */
const maxFailuresInARow = 10;
const flushDeadlineMs = 2_000;
const idBytes = 16;

/** An event, when it happened, and how often the store refused it. */
interface Waiting {
  readonly event: OperationalEvent;
  readonly at: Date;
  failures: number;
}

/**
 * Publishes operational events as messages to whoever subscribes in the environment; those of the whole instance go to
 * the first environment, which is the operator's. From then on they are delivered like any other message. An event waits
 * in memory until the store has taken it: one that comes while the process dies, in the instant after what it tells of
 * was stored, is lost. One that the store refuses goes behind the others, and is given up after 300 tries: no event
 * keeps another from being told, and none is tried for ever. Lost events are logged and counted.
 */
@Injectable()
export class OperationalOutbox extends OperationalEvents {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'delivery' | 'clock' | 'random' | 'logger' | 'metrics'>;
  @Inject(LiveFeed) private readonly live!: LiveFeed;
  @Inject(OperationalSubscribers) private readonly subscribers!: OperationalSubscribers;
  readonly #waiting: Waiting[] = [];
  #passing: Promise<void> | undefined;
  #isFlushing = false;

  override emit(event: OperationalEvent): void {
    const { environmentId = defaultEnvironmentId, type, payload } = event;
    // Of the webhooks that tell of failures nobody is told by webhook.
    if (isOperational(environmentId)) return;
    this.live.tell(environmentId, toLiveEvent(event, this.ports.random));
    this.ports.logger.info(`Operational event ${type}`, { type, environmentId, payload });
    if (this.#waiting.length >= maxWaiting) {
      this.ports.logger.warn('Too many operational events wait for the store: one is dropped', { type });
      this.#countLost('too_many');
      return;
    }
    this.#waiting.push({ event, at: this.ports.clock.now(), failures: 0 });
    this.#passing ??= this.#passOn();
  }

  override async flush(): Promise<void> {
    this.#isFlushing = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.ports.clock.setTimeout(resolve, flushDeadlineMs);
    await Promise.race([this.#passing, promise]);
    timer.cancel();
  }

  async #passOn(): Promise<void> {
    let failuresInARow = 0;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (await this.#isSettled(next)) {
        failuresInARow = 0;
        continue;
      }
      this.#waiting.push(next);
      failuresInARow += 1;
      const { length } = this.#waiting;
      if (failuresInARow < (this.#isFlushing ? length : Math.min(length, maxFailuresInARow))) continue;
      if (this.#isFlushing) break;
      await this.ports.clock.sleep({ delayMs: retryAfterMs });
      failuresInARow = 0;
    }
    // In the same turn in which nothing waits any more: an event that comes later has to start this again.
    this.#passing = undefined;
  }

  /** Whether nothing more is to be done for the event: it is stored, or given up. */
  async #isSettled(waiting: Waiting): Promise<boolean> {
    const { type, environmentId } = waiting.event;
    try {
      await this.#publish(waiting);
      return true;
    } catch (error) {
      waiting.failures += 1;
      const { failures } = waiting;
      if (failures >= maxTries) {
        const fields = { type, environmentId, failures, error };
        this.ports.logger.error('An operational event is lost: the store refused it too often', fields);
        this.#countLost('refused');
        return true;
      }
      // Once: the tries that follow say nothing new.
      if (failures === 1) {
        const fields = { type, environmentId, error };
        this.ports.logger.warn('An operational event could not be stored; trying again', fields);
      }
      return false;
    }
  }

  #countLost(reason: 'too_many' | 'refused'): void {
    this.ports.metrics.counter('webhook_operational_events_lost_total', { reason }).add();
  }

  async #publish({ event, at }: Waiting): Promise<void> {
    const { environmentId = defaultEnvironmentId, type, payload } = event;
    const application = await this.subscribers.find(environmentId);
    if (application === undefined) return;
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: payload });
    await this.ports.delivery.publish({ application, message: { eventType: type, payload: body } });
  }
}

function toLiveEvent({ type, payload }: OperationalEvent, random: Random): LiveEvent {
  const id = Buffer.from(random.bytes(idBytes)).toString('base64url');
  const { appId } = payload;
  return { id, type, ...(typeof appId === 'string' && { appId }), data: { ...payload } };
}
