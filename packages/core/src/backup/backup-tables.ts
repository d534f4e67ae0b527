import type { BackupTable } from './backup-row.js';

const stamps = { version: 'number', created_at: 'instant', updated_at: 'instant' } as const;
const subject = { application_id: 'text', environment_id: 'text', message_id: 'text', endpoint_id: 'text' } as const;

const sums: BackupTable['columns'] = {
  ...{ attempts: 'number', failed_attempts: 'number', retries: 'number', max_attempt_number: 'number' },
  ...{ delivered: 'number', dead_lettered: 'number', cancelled: 'number' },
  ...{ duration_sum_ms: 'number', duration_min_ms: 'number', duration_max_ms: 'number' },
  ...{ durations: 'json', errors: 'json', events: 'json' },
};

const environments: BackupTable = {
  name: 'environments',
  key: ['id'],
  columns: { id: 'text', name: 'text', created_at: 'instant' },
};

const applications: BackupTable = {
  name: 'applications',
  key: ['id'],
  columns: {
    ...{ id: 'text', environment_id: 'text', uid: 'text', name: 'text', metadata: 'json', throttle_rate: 'number' },
    ...stamps,
  },
};

const endpoints: BackupTable = {
  name: 'endpoints',
  key: ['application_id', 'id'],
  columns: {
    ...{ application_id: 'text', id: 'text', environment_id: 'text', uid: 'text', url: 'text', description: 'text' },
    ...{ metadata: 'json', disabled: 'flag', disabled_reason: 'text', event_types: 'texts', channels: 'texts' },
    ...{ headers: 'json', throttle_rate: 'number', retry_schedule_ms: 'numbers', timeout_ms: 'number' },
    ...{ max_in_flight: 'number', ordering: 'json', paused_until: 'instant', learned: 'text', filter: 'json' },
    ...{ failing_since: 'instant', failure_notices: 'number' },
    ...stamps,
  },
};

const endpointSecrets: BackupTable = {
  name: 'endpoint_secrets',
  key: ['application_id', 'endpoint_id', 'key'],
  columns: {
    ...{ application_id: 'text', endpoint_id: 'text', scheme: 'text', key: 'text' },
    ...{ created_at: 'instant', expires_at: 'instant' },
  },
};

const eventTypes: BackupTable = {
  name: 'event_types',
  key: ['environment_id', 'name'],
  columns: {
    ...{ environment_id: 'text', name: 'text', description: 'text', deprecated: 'flag', archived: 'flag' },
    ...{ schemas: 'json', feature_flags: 'texts', group_name: 'text' },
    ...stamps,
  },
};

const apiKeys: BackupTable = {
  name: 'api_keys',
  key: ['id'],
  columns: {
    ...{ id: 'text', environment_id: 'text', application_id: 'text', session_id: 'text', name: 'text', hash: 'text' },
    ...{ scopes: 'texts', created_at: 'instant', expires_at: 'instant', revoked_at: 'instant' },
    last_used_at: 'instant',
  },
};

const messages: BackupTable = {
  name: 'messages',
  key: ['application_id', 'id'],
  columns: {
    ...{ application_id: 'text', id: 'text', environment_id: 'text', event_type: 'text', event_id: 'text' },
    ...{ channels: 'texts', tags: 'texts', ordering_key: 'text', deliver_at: 'instant', created_at: 'instant' },
    payload: 'text',
  },
};

const idempotencyKeys: BackupTable = {
  name: 'idempotency_keys',
  key: ['environment_id', 'key'],
  columns: {
    ...{ environment_id: 'text', key: 'text', body_hash: 'text', application_id: 'text', message_id: 'text' },
    expires_at: 'instant',
  },
};

const deliveries: BackupTable = {
  name: 'deliveries',
  key: ['message_id', 'application_id', 'id'],
  columns: {
    ...{ id: 'text', ...subject, trigger: 'text', status: 'text', reason: 'text', due_at: 'instant' },
    ...{ attempt_count: 'number', first_attempt_at: 'instant', lease_token: 'number', lease_until: 'instant' },
    ...{ worker_id: 'text', created_at: 'instant', ended_at: 'instant', message_created_at: 'instant' },
    ...{ event_type: 'text', last_status_code: 'number', last_error_kind: 'text' },
  },
};

const orderedDeliveries: BackupTable = {
  name: 'ordered_deliveries',
  key: ['position'],
  columns: {
    ...{ position: 'number', application_id: 'text', delivery_id: 'text', message_id: 'text', endpoint_id: 'text' },
    ...{ ordering_key: 'text', continues: 'flag', held: 'flag' },
  },
};

const attempts: BackupTable = {
  name: 'attempts',
  key: ['message_id', 'application_id', 'id'],
  columns: {
    ...{ id: 'text', ...subject, delivery_id: 'text', event_type: 'text', number: 'number', trigger: 'text' },
    ...{ outcome: 'text', url: 'text', response_status_code: 'number', error_kind: 'text', duration_ms: 'number' },
    ...{ started_at: 'instant', response_body: 'text' },
  },
};

const rollups: BackupTable = {
  name: 'rollups',
  key: ['environment_id', 'bucket_at', 'application_id', 'endpoint_id', 'event_type', 'writer_id'],
  columns: {
    ...{ environment_id: 'text', bucket_at: 'instant', application_id: 'text', endpoint_id: 'text' },
    ...{ event_type: 'text', writer_id: 'text' },
    ...sums,
  },
};

const rollupSummaries: BackupTable = {
  name: 'rollup_summaries',
  key: ['environment_id', 'event_type', 'application_id', 'endpoint_id', 'span_minutes', 'bucket_at'],
  columns: {
    ...{ environment_id: 'text', event_type: 'text', application_id: 'text', endpoint_id: 'text' },
    ...{ span_minutes: 'number', bucket_at: 'instant', quarters: 'json' },
    ...sums,
  },
};

const settings: BackupTable = {
  name: 'settings',
  key: ['name'],
  columns: { name: 'text', value: 'json', updated_at: 'instant' },
};

const requests: BackupTable = {
  name: 'requests',
  key: ['environment_id', 'key'],
  columns: {
    ...{ environment_id: 'text', key: 'text', fingerprint: 'text', holder: 'text', held_until: 'instant' },
    ...{ expires_at: 'instant', status: 'number', body: 'text' },
  },
};

const auditLog: BackupTable = {
  name: 'audit_log',
  key: ['id'],
  columns: {
    ...{ id: 'text', environment_id: 'text', actor_id: 'text', action: 'text', target: 'json', before: 'json' },
    ...{ after: 'json', request_id: 'text', ip: 'text', created_at: 'instant' },
  },
};

const tasks: BackupTable = {
  name: 'tasks',
  key: ['id'],
  columns: {
    ...{ id: 'text', environment_id: 'text', application_id: 'text', type: 'text', input: 'json', state: 'text' },
    ...{ cursor: 'text', scanned: 'number', affected: 'number', result: 'json', failure: 'text', failures: 'number' },
    ...{ run_at: 'instant', lease_token: 'number', lease_until: 'instant', worker_id: 'text' },
    ...{ created_at: 'instant', updated_at: 'instant', ended_at: 'instant' },
  },
};

const consumerPositions: BackupTable = {
  name: 'consumer_positions',
  key: ['application_id', 'sink_id', 'consumer_id'],
  columns: {
    ...{ application_id: 'text', sink_id: 'text', consumer_id: 'text', environment_id: 'text', position: 'text' },
    updated_at: 'instant',
  },
};

/**
 * The storage-neutral form of all that is kept, those that others refer to first. What a store can derive (queues,
 * indexes) or forgets anyway (locks of jobs) is not part of it. A new table or column of a storage comes in here; the
 * tests of the storages find what is missing.
 */
export const backupTables: readonly BackupTable[] = [
  ...[environments, applications, endpoints, endpointSecrets, eventTypes, apiKeys],
  ...[messages, idempotencyKeys, deliveries, orderedDeliveries, attempts, rollups, rollupSummaries],
  ...[requests, auditLog, tasks, consumerPositions, settings],
];
