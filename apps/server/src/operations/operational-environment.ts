import type { Application, Environment, Storage } from '@postrider/core';

/**
 * Operational webhooks of an environment are the endpoints of one application in an environment beside it: no key
 * belongs to that one, so nothing of it shows in any list, search or sum of the first, and no tenant can reach it.
 */
const suffix = '.operational';

/** The uid of the application; there is no other in its environment. */
export const operationalApplication = 'operational';

/** The environment beside. */
export function operationalEnvironmentId(environmentId: string): string {
  return `${environmentId}${suffix}`;
}

/** Whether the environment is such a one. */
export function isOperational(environmentId: string): boolean {
  return environmentId.endsWith(suffix);
}

/** The environments that adopters made, oldest first. */
export async function listOwnEnvironments(storage: Pick<Storage, 'listEnvironments'>): Promise<readonly Environment[]> {
  return (await storage.listEnvironments({})).filter(({ id }) => !isOperational(id));
}

/** `undefined` until the environment has had an operational webhook. */
export function findOperationalApplication(
  storage: Pick<Storage, 'getApplication'>,
  environmentId: string,
): Promise<Application | undefined> {
  const beside = operationalEnvironmentId(environmentId);
  return storage.getApplication({ environmentId: beside, application: { uid: operationalApplication } });
}
