// Publishing and delivering
export { createDeliveryEngine, type DeliveryEngineDeps } from './engine.js';
export { deliveryErrorCodes, type DeliveryErrorCode } from './errors.js';
export type { DeliveryEngineOptions, DeliveryRole } from './options.js';
export { deliveryPlugin } from './plugin.js';
export type { RouteCacheStats } from './routing/route-cache.js';
export { failpointNames, Failpoints, type FailpointName } from './ports/failpoints.js';
export type { BreakerView, EndpointControl, EndpointRef } from './ports/endpoint-control.js';
export type { RateLimitStatus } from './gates/rate.js';
export type { Canary } from './gates/egress-watch.js';
export {
  deliveryObservers,
  type BreakerChange,
  type DeliveryObserver,
  type EgressBlock,
  type EgressSuspicion,
  type EndpointFailing,
  type FailingStage,
  type Postponement,
  type PostponementReason,
  type RateHold,
} from './ports/delivery-observer.js';
export { DeliveryEngine } from './ports/delivery.js';
export type {
  CancelParams,
  DeliveryLifecycle,
  DeliveryStats,
  DrainReport,
  LoopStats,
  MessageDraft,
  PublishIdempotency,
  PublishParams,
  PublishResult,
  ResendParams,
  ResendResult,
} from './ports/delivery.js';

// Signing and verifying
export {
  generateSecret,
  parseSigningSecret,
  toPublicKeyText,
  type ParsedSecret,
  type SigningSecret,
} from './signing/secret.js';
export { signingErrorCodes, type SigningErrorCode } from './signing/errors.js';
export { createSigner, type Signer, type SignParams } from './signing/signer.js';
export { verifyWebhook, type VerifyWebhookParams, type VerifyWebhookResult } from './signing/verify-webhook.js';
export { createWebhookHeaders, type WebhookHeadersParams } from './signing/webhook-headers.js';

// Sending
export { classifyOutcome, slowThresholdMs, type OutcomeClass } from './sender/classify-outcome.js';
export { createSender, type HttpSender, type HttpSenderOptions } from './sender/http-sender.js';
export type { Sender, SendFailure, SendRequest, SendResponse, SendResult } from './sender/sender.js';

// The egress guard
export { checkUrl, type UrlCode } from './egress/check-url.js';
export { classifyAddress, type AddressKind } from './egress/classify-address.js';
export { createEgressPolicy, type EgressPolicy, type EgressPolicyOptions } from './egress/egress-policy.js';
export { egressErrorCodes, type EgressBlockReason, type EgressErrorCode } from './egress/errors.js';
export { createCachingResolver, systemResolver, type ResolvedAddress, type Resolver } from './egress/resolver.js';
