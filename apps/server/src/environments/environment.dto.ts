import { z } from 'zod';
import type { Environment } from '@postrider/core';
import { newKeyOut } from '../keys/key.dto.js';
import { listOf } from '../http/paging.js';
import { instantOut, text } from '../http/schemas/fields.js';
import { pageParameters } from '../http/schemas/query.js';

export const environmentIn = z.strictObject({ name: text({ min: 1, max: 256 }) }).meta({ id: 'EnvironmentIn' });

const environmentFields = { id: z.string(), name: z.string(), createdAt: instantOut() };

export const environmentOut = z.object(environmentFields).meta({ id: 'EnvironmentOut' });
export const newEnvironmentOut = z
  .object({
    ...environmentFields,
    key: newKeyOut.meta({ description: 'A first key of the environment, which may do everything within it.' }),
  })
  .meta({ id: 'NewEnvironmentOut' });
export const environmentList = listOf(environmentOut, 'ListResponseEnvironmentOut');
export const environmentQuery = z.object(pageParameters);

export type EnvironmentIn = z.output<typeof environmentIn>;
export type EnvironmentOut = z.output<typeof environmentOut>;
export type NewEnvironmentOut = z.output<typeof newEnvironmentOut>;

export function toEnvironmentOut({ id, name, createdAt }: Environment): EnvironmentOut {
  return { id, name, createdAt: createdAt.toISOString() };
}
