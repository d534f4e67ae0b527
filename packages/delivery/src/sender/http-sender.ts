import { systemClock, type Clock } from '@postrider/core';
import { LRUCache } from 'lru-cache';
import { Agent } from 'undici';
import { checkUrl, type UrlCode } from '../egress/check-url.js';
import { classifyAddress } from '../egress/classify-address.js';
import { createEgressPolicy, type EgressPolicy } from '../egress/egress-policy.js';
import type { EgressBlockReason } from '../egress/errors.js';
import { createGuardedConnector } from '../egress/guarded-connector.js';
import { createCachingResolver, systemResolver, type Resolver } from '../egress/resolver.js';
import { AttemptHandler, type AttemptEnd } from './attempt-handler.js';
import type { Sender, SendRequest, SendResult } from './sender.js';

/** Durations in milliseconds. */
export interface HttpSenderOptions {
  /** Default: public addresses only. */
  readonly policy?: EgressPolicy | undefined;
  readonly clock?: Clock | undefined;
  /** Default: the operating system's, answers kept for at most 30 s. */
  readonly resolve?: Resolver | undefined;
  /**
   * Connections to one origin (scheme, host and port). Further requests wait for a free one, and their deadline does
   * not wait: endpoints of different customers may share an origin, so keep it above what is ever in flight to one.
   * Default: 256.
   */
  readonly connectionsPerOrigin?: number | undefined;
  /** Limit for name resolution, TCP and TLS together. Default: 5 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Certificate authorities to trust in place of the well-known ones, in PEM. */
  readonly ca?: string | undefined;
}

/** A `Sender` over HTTP/1.1. */
export interface HttpSender extends Sender {
  /**
   * Judges by another policy from now on. Connections that were opened under the old one serve no further request;
   * what they are busy with ends normally.
   */
  replacePolicy(policy: EgressPolicy): void;
}

/** Receivers' servers close idle connections after 5 s and more; to reuse one later is to lose that race. */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 60_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_KNOWN_URLS = 10_000;

/** Where the requests of a URL go, or why they go nowhere. */
type Target = { readonly origin: string; readonly path: string } | { readonly blocked: EgressBlockReason };

/** What belongs to one policy: nothing of it outlives the policy. */
interface Egress {
  readonly policy: EgressPolicy;
  readonly agent: Agent;
  readonly targets: LRUCache<string, Target>;
}

/**
 * Sends webhooks through the egress guard. Every attempt has one absolute deadline; timeouts per phase would be
 * reset by each informational response and each byte of a body that drips.
 * Proxy variables of the environment are ignored: a proxy would resolve the name again, out of the guard's sight.
 */
export function createSender(options: HttpSenderOptions = {}): HttpSender {
  const { clock = systemClock } = options;
  const resolve = options.resolve ?? createCachingResolver({ resolve: systemResolver, clock });
  const underWay = new Set<AttemptHandler>();
  const retiring = new Set<Agent>();
  let isClosed = false;
  let egress = createEgress(options.policy ?? createEgressPolicy(), { ...options, resolve });

  const send = (request: SendRequest): Promise<SendResult> => {
    const startedMs = clock.monotonicMs();
    const toResult = (end: AttemptEnd): SendResult => ({ ...end, durationMs: clock.monotonicMs() - startedMs });
    if (isClosed || request.signal?.aborted === true) {
      return Promise.resolve(toResult({ kind: 'error', error: 'aborted' }));
    }
    const target = findTarget(request.url, egress);
    if ('blocked' in target) {
      return Promise.resolve(toResult({ kind: 'error', error: 'blocked_address', blocked: target.blocked }));
    }

    return new Promise((settle) => {
      const attempt = new AttemptHandler((end) => {
        timer.cancel();
        request.signal?.removeEventListener('abort', abort);
        underWay.delete(attempt);
        settle(toResult(end));
      }, request.onWritten);
      const abort = (): void => attempt.cutOff('aborted');
      // After a stall of the process timers come before what has arrived meanwhile: an answer in time still counts.
      const timeIsUp = (): void => void setImmediate(() => attempt.cutOff('timeout'));
      const timer = clock.setTimeout(timeIsUp, request.deadlineMs);
      request.signal?.addEventListener('abort', abort, { once: true });
      underWay.add(attempt);
      egress.agent.dispatch({ ...target, method: 'POST', headers: toHeaders(request), body: request.body }, attempt);
    });
  };

  const replacePolicy = (policy: EgressPolicy): void => {
    const { agent } = egress;
    egress = createEgress(policy, { ...options, resolve });
    retiring.add(agent);
    const forget = (): boolean => retiring.delete(agent);
    agent.close().then(forget, forget);
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    for (const attempt of [...underWay]) attempt.cutOff('aborted');
    await Promise.all([egress.agent, ...retiring].map((agent) => agent.destroy()));
  };

  return { send, replacePolicy, close };
}

function createEgress(policy: EgressPolicy, options: HttpSenderOptions & { readonly resolve: Resolver }): Egress {
  const { connectionsPerOrigin = 256, connectTimeoutMs, resolve, ca } = options;
  const agent = new Agent({
    connect: createGuardedConnector({ policy, resolve, connectTimeoutMs, ca }),
    connections: connectionsPerOrigin,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
  });
  return { policy, agent, targets: new LRUCache({ max: MAX_KNOWN_URLS }) };
}

/** Stored URLs are judged at every send, not only when they were stored: rows change hands, and policies change. */
function findTarget(url: string, { policy, targets }: Egress): Target {
  const known = targets.get(url);
  if (known !== undefined) return known;
  const checked = checkUrl(url, policy);
  const target = checked.ok ? toTarget(new URL(checked.url)) : { blocked: blockReason(url, checked.code) };
  targets.set(url, target);
  return target;
}

function blockReason(url: string, code: UrlCode): EgressBlockReason {
  if (code !== 'E_ADDR') return 'url';
  const kind = classifyAddress(new URL(url).hostname.replaceAll(/^\[|\]$/g, ''));
  return kind === 'public' ? 'url' : kind;
}

function toTarget(url: URL): Target {
  // TLS knows names only without the dot of the root.
  url.hostname = url.hostname.replace(/\.$/, '');
  return { origin: url.origin, path: url.pathname + url.search };
}

/** Host and length always come from the request itself; a compressed answer would only have to be stored as such. */
function toHeaders({ headers }: SendRequest): Record<string, string | undefined> {
  return { ...headers, host: undefined, 'content-length': undefined, 'accept-encoding': 'identity' };
}
