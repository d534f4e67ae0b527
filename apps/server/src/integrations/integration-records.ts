import { z } from 'zod';
import type { Setting } from '@postrider/core';
import type { IntegrationOut } from './integration.dto.js';

const prefix = 'integrations.';

/** A program of a third party that works for one application, with a key of its own. */
export interface Integration {
  /** `integ_…` */
  readonly id: string;
  readonly applicationId: string;
  readonly name: string;
  readonly featureFlags?: readonly string[] | undefined;
  /** The key that was made last; absent until one is asked for. */
  readonly keyId?: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const stored = z.object({
  name: z.string(),
  featureFlags: z.array(z.string()).optional(),
  keyId: z.string().optional(),
  createdAt: z.iso.datetime(),
});

/** Under which all integrations of an application are kept. */
export function integrationsOf(applicationId: string): string {
  return `${prefix}${applicationId}.`;
}

export function toSetting(integration: Integration): Setting {
  const { id, applicationId, name, featureFlags, keyId, createdAt, updatedAt } = integration;
  const value = { name, featureFlags: featureFlags && [...featureFlags], keyId, createdAt: createdAt.toISOString() };
  return { name: `${integrationsOf(applicationId)}${id}`, value, updatedAt };
}

/** `undefined` for what is not readable. */
export function fromSetting({ name: key, value, updatedAt }: Setting): Integration | undefined {
  const [, applicationId, id] = key.split('.');
  const { data } = stored.safeParse(value);
  if (applicationId === undefined || id === undefined || data === undefined) return undefined;
  return { ...data, id, applicationId, createdAt: new Date(data.createdAt), updatedAt };
}

export function toIntegrationOut({ id, name, featureFlags, createdAt, updatedAt }: Integration): IntegrationOut {
  return {
    id,
    name,
    featureFlags: featureFlags && [...featureFlags],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
