// Publishing and delivering
export type {
  DeliveryEngine,
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
