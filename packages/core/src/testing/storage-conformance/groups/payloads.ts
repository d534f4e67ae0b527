import assert from 'node:assert/strict';
import { present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, storeEndpoints } from '../fixtures.js';
import { at, baseAt } from '../instants.js';
import { claim, prepare } from '../publishing.js';

const mebibyte = 1024 * 1024;

/** JSON texts that a store which parses, normalises or re-encodes them would change. */
const payloads: Readonly<Record<string, string>> = {
  'characters of every length in UTF-8': '{"a":"aé€😀","𝒌":"ключ","rtl":"שלום"}',
  'composed and decomposed characters': '{"composed":"\u00E9","decomposed":"e\u0301"}',
  'escaped NUL and control characters': '{"nul":"\\u0000","bell":"\\u0007","sep":"\u2028\u2029"}',
  'escaped lone surrogates': '{"high":"\\ud800","low":"\\udc00"}',
  'escapes where none are needed': '{"slash":"\\/","letter":"\\u0041"}',
  'numbers beyond double precision':
    '{"big":123456789012345678901234567890,"long":0.1000000000000000055511151231257827}',
  'numbers in unusual notation': '{"one":1.0,"exp":1E+2,"neg":-0}',
  'white space and line ends': ' {\r\n\t"a" :  1 }\n\n',
  'duplicate and unsorted keys': '{"z":1,"a":2,"z":3}',
  'quotes, backslashes and what SQL minds': `{"q":"it's \\"so\\"; DROP -- % _ $1 ? :x \\\\"}`,
  'a scalar': '"text"',
  'one MiB': JSON.stringify({ text: 'é'.repeat(mebibyte / 2 - 16) }).padEnd(mebibyte / 2, ' '),
};

/** Payloads: what is published comes back character by character. */
export const payloadsGroup: ConformanceGroup = {
  name: 'payload exactness',
  storage: 'fresh',
  cases: Object.entries(payloads).map(([what, payload]) => ({
    name: `${what}: the payload comes back as it was published, wherever it is read`,
    run: async (world) => {
      const tenant = await createTenant(world);
      const { environmentId, applicationId } = tenant;
      const endpointIds = await storeEndpoints(tenant, 1);
      const entry = {
        ...prepare(tenant, { endpointIds, message: { payload } }),
        idempotency: { key: 'k', bodyHash: 'h', expiresAt: at(60) },
      };
      await world.storage.appendMessages({ entries: [entry], now: baseAt });
      const { id } = entry.message;

      const read = await world.storage.getMessage({ environmentId, applicationId, message: { id } });
      assertExact(read?.payload, payload);
      const claimed = await claim(tenant, { now: at(1) });
      assertExact(claimed[0]?.message.payload, payload);
      const page = { limit: 1, order: 'ascending' } as const;
      const where = { environmentId, applicationId, filter: {}, page };
      const withPayload = await world.storage.listMessages({ ...where, withPayload: true });
      assertExact(withPayload.items[0]?.payload, payload);
      const without = await world.storage.listMessages({ ...where, withPayload: false });
      assert.equal(without.items[0]?.payload, '');
      const replay = { ...prepare(tenant, { endpointIds }), idempotency: entry.idempotency };
      const [result] = await world.storage.appendMessages({ entries: [replay], now: baseAt });
      assert.ok(result?.outcome === 'replayed');
      assertExact(result.message.payload, payload);
    },
  })),
};

/** Not `assert.equal`: its message would hold both texts in full. */
function assertExact(actual: string | undefined, expected: string): void {
  const found = present(actual, 'the payload');
  if (found === expected) return;
  let index = 0;
  while (found[index] === expected[index]) index += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, index - 20), index + 20));
  assert.fail(
    `The payload (${expected.length} characters) came back with ${found.length}, different from character ${index} on: ` +
      `found ${around(found)}, expected ${around(expected)}.`,
  );
}
