import type { EntitySchema } from 'typeorm';
import { apiKeyEntity } from './api-key-entity.js';
import { applicationEntity } from './application-entity.js';
import { endpointEntity } from './endpoint-entity.js';
import { endpointSecretEntity } from './endpoint-secret-entity.js';
import { environmentEntity } from './environment-entity.js';
import { eventTypeEntity } from './event-type-entity.js';

/** The configuration tables: what TypeORM reads. Messages, deliveries, attempts and rollups are hand-written SQL. */
export const allEntities: readonly EntitySchema[] = [
  environmentEntity,
  applicationEntity,
  endpointEntity,
  endpointSecretEntity,
  eventTypeEntity,
  apiKeyEntity,
];
