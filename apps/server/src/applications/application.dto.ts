import { z } from 'zod';
import type { Application } from '@postrider/core';
import { listOf } from '../http/paging.js';
import { instantOut, metadata, text, throttleRate, uid } from '../http/schemas/fields.js';
import { flag, pageParameters } from '../http/schemas/query.js';
import { withVersion } from '../requests/record-version.js';

const applicationUid = uid('app_');
const name = text({ min: 1, max: 256 });

/** Body of create and PUT. `rateLimit` is the older name of `throttleRate`. */
export const applicationIn = z
  .strictObject({
    name,
    uid: applicationUid.nullish(),
    throttleRate: throttleRate().nullish(),
    rateLimit: throttleRate().nullish(),
    metadata: metadata().nullish(),
  })
  .meta({ id: 'ApplicationIn' });

/** Body of PATCH: what is absent stays, what is null is cleared. */
export const applicationPatch = z
  .strictObject({
    name: name.optional(),
    uid: applicationUid.nullish(),
    throttleRate: throttleRate().nullish(),
    rateLimit: throttleRate().nullish(),
    metadata: metadata().optional(),
  })
  .meta({ id: 'ApplicationPatch' });

export const applicationOut = z
  .object({
    id: z.string(),
    uid: z.string().optional(),
    name: z.string(),
    metadata: z.record(z.string(), z.string()),
    throttleRate: z.int().optional(),
    rateLimit: z.int().optional(),
    createdAt: instantOut(),
    updatedAt: instantOut(),
  })
  .meta({ id: 'ApplicationOut' });

export const applicationList = listOf(applicationOut, 'ListResponseApplicationOut');
export const applicationQuery = z.object(pageParameters);
export const applicationCreateQuery = z.object({
  get_if_exists: flag()
    .optional()
    .meta({ description: 'Answer 200 with the application that has the uid, if one has.' }),
});

export type ApplicationIn = z.output<typeof applicationIn>;
export type ApplicationPatch = z.output<typeof applicationPatch>;
export type ApplicationOut = z.output<typeof applicationOut>;

/** The fields that a body of create or PUT decides; what it leaves out is cleared. */
export function toApplicationFields(
  input: ApplicationIn,
): Pick<Application, 'name' | 'uid' | 'throttleRate' | 'metadata'> {
  return {
    name: input.name,
    uid: input.uid ?? undefined,
    throttleRate: input.throttleRate ?? input.rateLimit ?? undefined,
    metadata: input.metadata ?? {},
  };
}

/** The application with the changes of a PATCH. */
export function patchApplication(current: Application, patch: ApplicationPatch): Application {
  const rate = patch.throttleRate === undefined ? patch.rateLimit : patch.throttleRate;
  return {
    ...current,
    name: patch.name ?? current.name,
    uid: patch.uid === undefined ? current.uid : (patch.uid ?? undefined),
    throttleRate: rate === undefined ? current.throttleRate : (rate ?? undefined),
    metadata: patch.metadata ?? current.metadata,
  };
}

export function toApplicationOut(application: Application): ApplicationOut {
  const answer = {
    id: application.id,
    uid: application.uid,
    name: application.name,
    metadata: application.metadata,
    throttleRate: application.throttleRate,
    rateLimit: application.throttleRate,
    createdAt: application.createdAt.toISOString(),
    updatedAt: application.updatedAt.toISOString(),
  };
  return withVersion(answer, application);
}
