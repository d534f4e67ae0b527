import { ids, times, uid, type ComponentExamples } from './values.js';

const key = {
  id: ids.key,
  name: 'Billing service',
  prefix: `pr_${ids.key}`,
  scopes: ['messages:write', 'messages:read'],
  createdAt: times.created,
  expiresAt: '2027-03-02T09:15:04.120Z',
  lastUsedAt: times.published,
};
const { lastUsedAt: _never, ...unusedKey } = key;
const newKey = { ...unusedKey, key: `pr_${ids.key}_…` };
const environment = { id: ids.environment, name: 'Staging', createdAt: times.created };
const settings = { strictEventTypes: true, validatePayloads: true };

/** Environments, keys, portal tokens, and the record of who did what. */
export const accessExamples: ComponentExamples = {
  EnvironmentIn: { name: environment.name },
  EnvironmentOut: environment,
  NewEnvironmentOut: { ...environment, key: newKey },
  EnvironmentSettingsOut: settings,
  EnvironmentSettingsPatch: settings,
  ApiKeyIn: { name: key.name, scopes: key.scopes, expiresAt: key.expiresAt },
  ApiKeyOut: key,
  NewApiKeyOut: newKey,
  ApiKeyRotateIn: { overlapSeconds: 86_400 },
  AppPortalAccessIn: { expiry: 900, readOnly: true, sessionId: 'user-7' },
  AppPortalAccessOut: { url: 'https://webhooks.example.com/portal/#key=eyJhbGciOi…', token: 'eyJhbGciOi…' },
  ApplicationTokenExpireIn: { sessionIds: ['user-7'] },
  AuditEntryOut: {
    id: 'audit_2xRkE7t5QbD2vXn9HsJm3WfKzLc',
    actorId: ids.key,
    action: 'applications.update',
    target: { app_id: uid },
    before: { name: 'Customer 42' },
    after: { name: 'Customer 42 (Berlin)' },
    requestId: '0d6f7c1e-52b0-4f7e-9d6d-0c5a2f1b7e11',
    ip: '203.0.113.7',
    timestamp: times.updated,
  },
};
