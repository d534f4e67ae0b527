import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../auth/principal.js';
import { KeyVerifier } from '../auth/key-verifier.js';
import { grants } from '../auth/scopes.js';
import { ApiError } from '../http/api-error.js';
import { InjectHostPorts, type HostPorts } from '../plugins/host-ports.js';
import type { LiveEvent } from './live-event.js';
import { LiveFeed } from './live-feed.js';
import { LiveStream } from './live-stream.js';

const maxStreams = 200;
const maxStreamsPerKey = 10;

export interface OpenStreamParams {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly principal: Principal;
  readonly isWanted: (event: LiveEvent) => boolean;
  readonly lastEventId: string | undefined;
}

/** The streams that are open in this process. */
@Injectable()
export class LiveStreams implements BeforeApplicationShutdown {
  @InjectHostPorts() private readonly ports!: Pick<HostPorts, 'clock'>;
  @Inject(LiveFeed) private readonly feed!: LiveFeed;
  @Inject(KeyVerifier) private readonly verifier!: KeyVerifier;
  readonly #open = new Map<LiveStream, string>();

  /** 429 when the key has ten streams open, 503 when this process has two hundred. */
  open({ request, reply, principal, isWanted, lastEventId }: OpenStreamParams): void {
    this.#checkRoom(principal);
    const { environmentId } = principal;
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Or proxies of this kind would keep events back until their buffer is full.
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    const token = request.headers.authorization?.replace(/^Bearer +/i, '') ?? '';
    let unwatch = (): void => undefined;
    const stream = new LiveStream({
      response: reply.raw,
      clock: this.ports.clock,
      isWanted,
      mayGoOn: async () => {
        const now = await this.verifier.verify(token);
        return now?.environmentId === environmentId && grants(now.scopes, 'messages:read');
      },
      ended: () => {
        unwatch();
        this.#open.delete(stream);
      },
    });
    this.#open.set(stream, principal.keyId);
    unwatch = this.feed.watch(environmentId, stream, lastEventId);
  }

  /** Nobody could stop the server while streams go on. */
  beforeApplicationShutdown(): void {
    for (const stream of this.#open.keys()) stream.end();
  }

  #checkRoom({ keyId }: Principal): void {
    const own = [...this.#open.values()].filter((each) => each === keyId).length;
    const headers = { 'retry-after': '10' };
    if (own >= maxStreamsPerKey) {
      const detail = `The key has ${maxStreamsPerKey} streams open, the most it may: close one first.`;
      throw new ApiError({ status: 429, code: 'too_many_streams', detail, headers });
    }
    if (this.#open.size >= maxStreams) {
      const detail = `This server has ${maxStreams} streams open, the most it takes: try another one, or later.`;
      throw new ApiError({ status: 503, code: 'too_many_streams', detail, headers });
    }
  }
}
