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
const flushDeadlineMs = 2_000;
const idBytes = 16;

/** An event and when it happened. */
interface Waiting {
  readonly event: OperationalEvent;
  readonly at: Date;
}

/**
 * Publishes operational events as messages to whoever subscribes in the environment; those of the whole instance go to
 * the first environment, which is the operator's. From then on they are delivered like any other message. An event waits
 * in memory until the store has taken it: one that comes while the process dies, in the instant after what it tells of
 * was stored, is lost.
 */
@Injectable()
export class OperationalOutbox extends OperationalEvents {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'delivery' | 'clock' | 'random' | 'logger'>;
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
      return;
    }
    this.#waiting.push({ event, at: this.ports.clock.now() });
    this.#passing ??= this.#passOn().finally(() => (this.#passing = undefined));
  }

  override async flush(): Promise<void> {
    this.#isFlushing = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.ports.clock.setTimeout(resolve, flushDeadlineMs);
    await Promise.race([this.#passing, promise]);
    timer.cancel();
  }

  async #passOn(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        await this.#publish(next);
        this.#waiting.shift();
      } catch (error) {
        this.ports.logger.warn('An operational event could not be stored; trying again', { error });
        if (this.#isFlushing) return;
        await this.ports.clock.sleep({ delayMs: retryAfterMs });
      }
    }
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
