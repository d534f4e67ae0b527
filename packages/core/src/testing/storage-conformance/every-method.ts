import type { Application } from '../../domain/application.js';
import type { Endpoint } from '../../domain/endpoint.js';
import type { EventType } from '../../domain/event-type.js';
import type { Task } from '../../domain/task.js';
import type { Storage } from '../../ports/storage.js';
import { emptyRollupSums } from '../../rollup/rollup-sums.js';
import type { Rollup } from '../../rollup/rollup.js';
import { at, atDay, baseAt } from './instants.js';

type Method = Exclude<keyof Storage, 'capabilities' | 'health' | 'close'>;

const environmentId = 'env_000000000000000000000000000';
const applicationId = 'app_000000000000000000000000000';
const endpointId = 'ep_000000000000000000000000000';
const messageId = 'msg_000000000000000000000000000';
const deliveryId = 'dlv_000000000000000000000000000';

const ofEndpoint = { environmentId, applicationId, endpointId };
const ofMessage = { environmentId, applicationId, messageId };
const lease = { applicationId, messageId, deliveryId, leaseToken: 1 };
const page = { limit: 10, order: 'ascending' } as const;
const stamps = { version: 2, createdAt: baseAt, updatedAt: baseAt };
const application: Application = { id: applicationId, environmentId, name: 'A', metadata: {}, ...stamps };
const endpoint: Endpoint = {
  ...{ id: endpointId, environmentId, applicationId, url: 'https://receiver.example/', description: '' },
  ...{ metadata: {}, disabled: false, headers: {}, ...stamps },
};
const eventType: EventType = {
  ...{ environmentId, name: 'a', description: '', deprecated: false, archived: false },
  ...stamps,
};
const key = { environmentId, id: 'pk_a', name: 'K', hash: '00', scopes: [], createdAt: baseAt };
const auditEntry = {
  ...{ id: 'aud_000000000000000000000000000', environmentId, actorId: 'pk_a', action: 'keys.create' },
  ...{ target: {}, requestId: 'r', ip: '192.0.2.1', createdAt: baseAt },
};
const rollup: Rollup = {
  ...{ environmentId, applicationId, endpointId, eventType: 'a', bucketAt: baseAt, writerId: 'w' },
  ...emptyRollupSums(),
};
const message = { id: messageId, environmentId, applicationId, eventType: 'a', payload: '{}', createdAt: baseAt };
const task: Task = {
  ...{ id: 'qtask_000000000000000000000000000', environmentId, type: 't', input: {}, state: 'waiting' },
  ...{ progress: { scanned: 0, affected: 0 }, failures: 0, runAt: baseAt, leaseToken: 0 },
  ...{ createdAt: baseAt, updatedAt: baseAt },
};
const consumer = { environmentId, applicationId, sinkId: 's', consumerId: 'c' };
const delivery = { id: deliveryId, endpointId, trigger: 'manual', dueAt: baseAt } as const;

/**
 * A call of every method that works on what is stored: all of the port but `health` and `close`, which never reject.
 * The type makes a method that is added to the port and forgotten here a compile error.
 */
export const everyMethod: Readonly<Record<Method, (storage: Storage) => Promise<unknown>>> = {
  migrate: (storage) => storage.migrate({}),
  ensureEnvironment: (storage) =>
    storage.ensureEnvironment({ environment: { id: environmentId, name: 'E', createdAt: baseAt } }),
  listEnvironments: (storage) => storage.listEnvironments({}),
  createApplication: (storage) => storage.createApplication({ application }),
  getApplication: (storage) => storage.getApplication({ environmentId, application: { id: applicationId } }),
  listApplications: (storage) => storage.listApplications({ environmentId, page }),
  replaceApplication: (storage) => storage.replaceApplication({ application }),
  deleteApplication: (storage) => storage.deleteApplication({ environmentId, applicationId, deletedAt: baseAt }),
  createEndpoint: (storage) => storage.createEndpoint({ endpoint, secrets: [] }),
  getEndpoint: (storage) => storage.getEndpoint({ environmentId, applicationId, endpoint: { uid: 'u' } }),
  listEndpoints: (storage) => storage.listEndpoints({ environmentId, applicationId, page }),
  replaceEndpoint: (storage) => storage.replaceEndpoint({ endpoint }),
  deleteEndpoint: (storage) => storage.deleteEndpoint({ ...ofEndpoint, deletedAt: baseAt }),
  getEndpointSecrets: (storage) => storage.getEndpointSecrets(ofEndpoint),
  replaceEndpointSecrets: (storage) => storage.replaceEndpointSecrets({ ...ofEndpoint, expected: [], secrets: [] }),
  loadRoutes: (storage) => storage.loadRoutes({ applicationId }),
  createEventType: (storage) => storage.createEventType({ eventType }),
  getEventType: (storage) => storage.getEventType({ environmentId, name: 'a' }),
  listEventTypes: (storage) => storage.listEventTypes({ environmentId, includeArchived: true, page }),
  findEventTypes: (storage) => storage.findEventTypes({ environmentId, names: ['a'] }),
  replaceEventType: (storage) => storage.replaceEventType({ eventType }),
  deleteEventType: (storage) => storage.deleteEventType({ environmentId, name: 'a' }),
  appendMessages: (storage) => storage.appendMessages({ entries: [{ message, deliveries: [] }], now: baseAt }),
  getMessage: (storage) => storage.getMessage({ environmentId, applicationId, message: { id: messageId } }),
  listMessages: (storage) =>
    storage.listMessages({ environmentId, applicationId, filter: {}, withPayload: false, page }),
  appendDelivery: (storage) => storage.appendDelivery({ ...ofMessage, delivery, now: baseAt }),
  claimDue: (storage) =>
    storage.claimDue({ workerId: 'w', limit: 1, perEndpointLimit: 1, leaseUntil: at(60), now: baseAt }),
  recordOutcomes: (storage) => {
    const next = { status: 'delivered' } as const;
    const outcomes = [{ lease, environmentId, endpointId, eventType: 'a', next }];
    return storage.recordOutcomes({ outcomes, recordedAt: baseAt });
  },
  renewLeases: (storage) => storage.renewLeases({ leases: [lease], leaseUntil: at(60) }),
  releaseLeases: (storage) => storage.releaseLeases({ leases: [lease], dueAt: baseAt }),
  reapExpired: (storage) => storage.reapExpired({ now: baseAt, limit: 1, nextAttemptId: () => 'atmpt_1' }),
  expediteDelivery: (storage) => storage.expediteDelivery({ ...ofMessage, deliveryId, dueAt: baseAt }),
  cancelDelivery: (storage) =>
    storage.cancelDelivery({ ...ofMessage, deliveryId, attemptId: 'atmpt_1', cancelledAt: baseAt }),
  getDelivery: (storage) => storage.getDelivery({ environmentId, deliveryId }),
  findFirstInLine: (storage) => storage.findFirstInLine({ ...ofMessage, deliveryId }),
  listDeliveries: (storage) => storage.listDeliveries({ environmentId, filter: {}, page }),
  countDeliveries: (storage) => storage.countDeliveries({ environmentId, filter: {} }),
  measureQueue: (storage) => storage.measureQueue({ now: baseAt }),
  getAttempt: (storage) => storage.getAttempt({ ...ofMessage, attemptId: 'atmpt_000000000000000000000000000' }),
  listAttempts: (storage) => storage.listAttempts({ environmentId, applicationId, filter: {}, page }),
  listFailureRuns: (storage) => storage.listFailureRuns({ before: baseAt, limit: 10 }),
  replaceFailureRun: (storage) =>
    storage.replaceFailureRun({ expected: { ...ofEndpoint, failingSince: baseAt, notices: 0 } }),
  createKey: (storage) => storage.createKey({ key }),
  getKey: (storage) => storage.getKey({ keyId: 'pk_a' }),
  listKeys: (storage) => storage.listKeys({ environmentId }),
  revokeKey: (storage) => storage.revokeKey({ environmentId, keyId: 'pk_a', revokedAt: baseAt }),
  limitKey: (storage) => storage.limitKey({ environmentId, keyId: 'pk_a', expiresAt: baseAt }),
  revokePortalTokens: (storage) => storage.revokePortalTokens({ environmentId, applicationId, revokedAt: baseAt }),
  touchKey: (storage) => storage.touchKey({ keyId: 'pk_a', lastUsedAt: baseAt }),
  reserveRequest: (storage) =>
    storage.reserveRequest({
      ...{ environmentId, key: 'k', fingerprint: 'f', holder: 'h' },
      ...{ heldUntil: at(60), expiresAt: at(3600), now: baseAt },
    }),
  answerRequest: (storage) =>
    storage.answerRequest({ environmentId, key: 'k', holder: 'h', answer: { status: 201, body: '{}' } }),
  releaseRequest: (storage) => storage.releaseRequest({ environmentId, key: 'k', holder: 'h' }),
  appendAudit: (storage) => storage.appendAudit({ entry: auditEntry }),
  listAudit: (storage) => storage.listAudit({ environmentId, filter: {}, page }),
  acquireJobLock: (storage) => storage.acquireJobLock({ name: 'j', holder: 'h', until: at(60), now: baseAt }),
  putSetting: (storage) => storage.putSetting({ setting: { name: 's', value: {}, updatedAt: baseAt } }),
  deleteSetting: (storage) => storage.deleteSetting({ name: 's' }),
  listSettings: (storage) => storage.listSettings({ prefix: 's' }),
  releaseJobLock: (storage) => storage.releaseJobLock({ name: 'j', holder: 'h' }),
  writeRollups: (storage) => storage.writeRollups({ rollups: [rollup] }),
  readSummaries: (storage) => storage.readSummaries({ environmentId, from: baseAt, to: at(60) }),
  countByEndpoint: (storage) => storage.countByEndpoint({ environmentId, from: baseAt, to: at(60), limit: 10 }),
  surveyEndpoints: (storage) =>
    storage.surveyEndpoints({ environmentId, slowerThanMs: 5_000, from: baseAt, to: at(60) }),
  compactRollups: (storage) => storage.compactRollups({ hoursBefore: baseAt, daysBefore: baseAt }),
  readRollups: (storage) => storage.readRollups({ environmentId, from: baseAt, to: at(60) }),
  findMessages: (storage) =>
    storage.findMessages({ environmentId, applicationId, messageIds: [messageId], withPayload: true }),
  expungeMessages: (storage) => storage.expungeMessages({ environmentId, applicationId, messageIds: [messageId] }),
  countDeadLetters: (storage) => storage.countDeadLetters({ environmentId, filter: {} }),
  expungeAttempt: (storage) => storage.expungeAttempt({ ...ofMessage, attemptId: 'atmpt_000000000000000000000000000' }),
  createTask: (storage) => storage.createTask({ task }),
  getTask: (storage) => storage.getTask({ environmentId, taskId: task.id }),
  listTasks: (storage) => storage.listTasks({ environmentId, filter: {}, page }),
  claimTask: (storage) => storage.claimTask({ workerId: 'w', leaseUntil: at(60), now: baseAt }),
  recordTaskBatch: (storage) =>
    storage.recordTaskBatch({
      lease: { environmentId, taskId: task.id, leaseToken: 1 },
      progress: task.progress,
      next: { state: 'finished' },
      now: baseAt,
    }),
  controlTask: (storage) => storage.controlTask({ environmentId, taskId: task.id, control: 'cancel', now: baseAt }),
  getConsumerPosition: (storage) => storage.getConsumerPosition({ consumer }),
  setConsumerPosition: (storage) => storage.setConsumerPosition({ consumer, position: 'p', updatedAt: baseAt }),
  applyRetention: (storage) => storage.applyRetention({ messagesBefore: baseAt, rollupsBefore: baseAt, now: atDay(1) }),
};
