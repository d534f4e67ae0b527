/** The page about the SDKs is what the cases show, and no method of an SDK is missing in it. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Svix } from 'svix';
import { Svix as SvixV1 } from 'svix-v1';
import { methodCases } from './method-cases.js';
import { methodsOf, olderNames, unsupported, whyUnsupported } from './sdk-methods.js';
import { sdkTable, statusOf } from './sdk-table.js';

const options = { serverUrl: 'http://127.0.0.1:1' };
const versions = { v1: methodsOf(new SvixV1('key', options)), v2: methodsOf(new Svix('key', options)) };
const all = [...new Set([...versions.v1, ...versions.v2])];
const covered = new Set(methodCases.map(({ method }) => method));

it('finds the methods of the SDKs, those of nested resources too', () => {
  expect(all).toEqual(expect.arrayContaining(['application.create', 'message.poller.consumerSeek']));
  expect(versions.v1.length).toBeGreaterThan(130);
  expect(versions.v2.length).toBeGreaterThan(130);
});

it('says of every method whether it works, or why not', () => {
  expect(all.filter((method) => statusOf(method, covered) === undefined)).toEqual([]);
});

it('says nothing about methods that there are not, nor why whole groups do not work that have no method', () => {
  expect([...covered, ...Object.keys(olderNames)].filter((method) => !all.includes(method))).toEqual([]);
  expect([...covered].filter((method) => whyUnsupported(method) !== undefined)).toEqual([]);
  expect(unsupported.filter(([name]) => !all.some((method) => method.startsWith(name)))).toEqual([]);
});

it('is the page docs/reference/sdk-compatibility.md', async () => {
  const path = join(import.meta.dirname, '../../docs/reference/sdk-compatibility.md');
  await expect(sdkTable({ versions, covered })).toMatchFileSnapshot(path);
});
