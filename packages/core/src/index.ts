// Domain
export type { ApiKey } from './domain/api-key.js';
export type { Application } from './domain/application.js';
export type { Attempt, AttemptErrorKind, AttemptOutcome } from './domain/attempt.js';
export type { AuditEntry } from './domain/audit-entry.js';
export type {
  CancelReason,
  DeadLetterReason,
  Delivery,
  DeliveryStatus,
  DeliveryTrigger,
  LeaseRef,
} from './domain/delivery.js';
export type {
  Endpoint,
  EndpointDisabledReason,
  EndpointSecret,
  EndpointState,
  SignatureScheme,
} from './domain/endpoint.js';
export type { FailureRun, FailureSign } from './domain/failure-run.js';
export { mergeEndpointState } from './domain/merge-endpoint-state.js';
export type { Environment } from './domain/environment.js';
export type { EventType } from './domain/event-type.js';
export { expungedPayload, type Message } from './domain/message.js';
export {
  orderingOf,
  type DeliveryOrdering,
  type EndpointOrdering,
  type OrderingFailurePolicy,
} from './domain/ordering.js';
export type { Page, PageRequest, SortOrder } from './domain/page.js';
export type { Task, TaskData, TaskProgress, TaskState } from './domain/task.js';
export { toResourceRef, type ResourceRef } from './domain/resource-ref.js';

// Rollups
export {
  binDurationMs,
  durationAccuracy,
  durationBin,
  durationQuantileMs,
  type DurationHistogram,
} from './rollup/duration-histogram.js';
export { MemoryRollups } from './rollup/memory-rollups.js';
export type { DeliveryEnding, EndedDeliveries } from './rollup/ended-deliveries.js';
export { RollupAccumulator, type EndpointEvent, type StagedRollups } from './rollup/rollup-accumulator.js';
export { addRollupSums, emptyRollupSums, type MutableRollupSums, type RollupSums } from './rollup/rollup-sums.js';
export {
  SummaryMerge,
  summaryKey,
  toMinuteSummary,
  type QuarterCounts,
  type RollupSummary,
  type SummaryScope,
  type SummarySpan,
} from './rollup/rollup-summary.js';
export { noEventType, type Rollup, type RollupSubject } from './rollup/rollup.js';

// Storage ports
export type { ApplicationStore } from './ports/application-store.js';
export type { AttemptFilter, AttemptStore } from './ports/attempt-store.js';
export type { AuditFilter, AuditStore } from './ports/audit-store.js';
export type { ConsumerRef, ConsumerStore } from './ports/consumer-store.js';
export type {
  ApplicationBacklog,
  CancelDeliveryResult,
  ClaimedDelivery,
  DeadLetterFilter,
  DeadLetterGroup,
  DeliveryFilter,
  DeliveryOutcome,
  DeliveryStore,
  DeliveryTransition,
  QueueMeasure,
} from './ports/delivery-store.js';
export type { ApplicationRoutes, EndpointStore, RoutedEndpoint } from './ports/endpoint-store.js';
export type { EventTypeStore } from './ports/event-type-store.js';
export type { FailureStore } from './ports/failure-store.js';
export type { JobLockStore } from './ports/job-lock-store.js';
export type { KeyStore } from './ports/key-store.js';
export type { AppendEntry, AppendResult, MessageStore, NewDelivery } from './ports/message-store.js';
export type { RequestStore, ReserveRequestResult, StoredAnswer } from './ports/request-store.js';
export type { Setting, SettingStore } from './ports/setting-store.js';
export type { RetentionStore } from './ports/retention-store.js';
export type { EndpointSums, EndpointSurvey, RollupFilter, RollupRange, RollupStore } from './ports/rollup-store.js';
export { Storage, type StorageCapabilities, type StorageHealth, type StorageLifecycle } from './ports/storage.js';
export {
  taskControls,
  type TaskControl,
  type TaskDelivery,
  type TaskLease,
  type TaskStore,
  type TaskTransition,
} from './ports/task-store.js';
export type {
  CreateResult,
  DeleteResult,
  EndedBeside,
  EndingDeleteResult,
  EndingReplaceResult,
  ReplaceResult,
} from './ports/store-results.js';

// Stores in the hands of their operators
export {
  StorageAdmin,
  type SchemaState,
  type SchemaStep,
  type StoreFacts,
  type StoreFinding,
} from './ports/storage-admin.js';
export type { BackupColumnKind, BackupRow, BackupTable } from './backup/backup-row.js';
export { backupTables } from './backup/backup-tables.js';

// Errors and ids
export {
  coreError,
  createErrorFactory,
  defineErrorCodes,
  errorCodes,
  isPostriderError,
  PostriderError,
  retiredErrorCodes,
} from './errors.js';
export type { ErrorCode, ErrorCodeInfo, ErrorDetails, ErrorFactory, PostriderErrorOptions } from './errors.js';
export { createIdGenerator, idPrefixes, idTime, isId, lowestIdAt, parseId } from './ids.js';
export type { IdGenerator, IdPrefix, ParsedId } from './ids.js';

// Ports of the host
export { Clock, type Timer } from './ports/clock.js';
export { SharedClock } from './ports/shared-clock.js';
export { hintRelays, type Hint, type HintListener, type HintRelay } from './ports/hint-relay.js';
export { applicationTag, Invalidations, type Invalidation } from './ports/invalidations.js';
export { Logger, type LogFields } from './ports/logger.js';
export { Random } from './ports/random.js';
export { Wake } from './ports/wake.js';

// Adapters
export { createHintHub, type HintHub } from './adapters/hint-hub.js';
export { createLocalWake } from './adapters/local-wake.js';
export { silentLogger } from './adapters/silent-logger.js';
export { systemClock } from './adapters/system-clock.js';
export { systemRandom } from './adapters/system-random.js';

// The plugin contract
export { contribute, defineExtensionPoint } from './plugin/define-extension-point.js';
export type { Contribution, Contributions, ExtensionPoint } from './plugin/define-extension-point.js';
export { definePlugin, isPlugin } from './plugin/define-plugin.js';
export type {
  BindingsOf,
  Dependency,
  DependencyMap,
  ErasedWiring,
  Plugin,
  PluginCapabilities,
  PluginLifecycle,
  PluginSpec,
  PluginWiring,
  Resolved,
  SetupContext,
} from './plugin/define-plugin.js';
export { bind, definePort } from './plugin/define-port.js';
export type { Port, PortBinding, PortInterface } from './plugin/define-port.js';
export { acceptsApiVersion, pluginApiVersion } from './plugin/plugin-api-version.js';
export type { StandardIssue, StandardResult, StandardSchema } from './plugin/standard-schema.js';

// The plugin kernel
export type { PluginDescription, PortDescription } from './plugin/kernel/describe-plugin.js';
export type { BootFailurePolicy, PluginEntry } from './plugin/kernel/plugin-entry.js';
export type { StopResult } from './plugin/kernel/plugin-lifecycle.js';
export { wirePlugins } from './plugin/kernel/wire-plugins.js';
export type { PluginKernel, WirePluginsParams } from './plugin/kernel/wire-plugins.js';
export type { PluginState } from './plugin/kernel/wired-plugin.js';
export type { WiringProblem } from './plugin/kernel/wiring-problem.js';
export { loadPlugins } from './plugin/load-plugins.js';
export type { PluginReference } from './plugin/load-plugins.js';

// Filters of endpoints
export { matchesPayload } from './filter/match-payload.js';
export { payloadFilterLimits, type PayloadFilter } from './filter/payload-filter.js';
export { validatePayloadFilter } from './filter/validate-payload-filter.js';

// Validators
export {
  customHeaderLimits,
  validateCustomHeaders,
  validateHeaderName,
  validateHeaderValue,
} from './validators/custom-headers.js';
export type { HeaderCode } from './validators/custom-headers.js';
export {
  deliverySettingLimits,
  validateMaxInFlight,
  validateRetryScheduleMs,
  validateThrottleRate,
  validateTimeoutMs,
} from './validators/delivery-settings.js';
export { maxUrlLength, parseEndpointUrl } from './validators/endpoint-url.js';
export type { EndpointUrlCode, EndpointUrlPolicy, ParsedEndpointUrl } from './validators/endpoint-url.js';
export {
  maxNameLength,
  validateChannel,
  validateEventId,
  validateEventTypeName,
  validateUid,
} from './validators/names.js';
export { payloadLimits, validatePayload } from './validators/payload.js';
export type { PayloadCode } from './validators/payload.js';
export type { Refusal, Validation } from './validators/validation.js';
