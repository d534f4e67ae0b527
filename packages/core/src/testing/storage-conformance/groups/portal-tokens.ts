import assert from 'node:assert/strict';
import type { ApiKey } from '../../../domain/api-key.js';
import { assertSame, idsOf } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, newKey, storeApplication, storeEnvironment, type Tenant } from '../fixtures.js';
import { at, atDay } from '../instants.js';

async function storeToken(tenant: Tenant, name: string, given: Partial<ApiKey> = {}): Promise<ApiKey> {
  const { world, environmentId, applicationId } = tenant;
  const id = `pt_${environmentId}_${name}`;
  const key = newKey({ environmentId, id, applicationId, expiresAt: at(3600), ...given });
  await world.storage.createKey({ key });
  return key;
}

const revocationOf = async ({ world }: Tenant, { id }: ApiKey) =>
  (await world.storage.getKey({ keyId: id }))?.revokedAt?.getTime();

/** Portal tokens are keys of one application; keys and tokens can be given an earlier end. */
export const portalTokensGroup: ConformanceGroup = {
  name: 'portal tokens',
  storage: 'shared',
  cases: [
    {
      name: 'a token is stored with its application and session, and is not among the API keys',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const token = await storeToken(tenant, 'one', { sessionId: 'session 1' });
        assertSame(await world.storage.getKey({ keyId: token.id }), token);
        const key = newKey({ environmentId, id: `pk_${environmentId}` });
        await world.storage.createKey({ key });
        assert.deepEqual(idsOf(await world.storage.listKeys({ environmentId })), [key.id]);
      },
    },
    {
      name: 'all tokens of an application are revoked, the earliest revocation stays, other applications keep theirs',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const tokens = [await storeToken(tenant, 'a', { sessionId: 's' }), await storeToken(tenant, 'b')];
        const sibling = await storeApplication(world, { environmentId });
        const other = await storeToken({ ...tenant, applicationId: sibling.id }, 'other');
        const revoke = (seconds: number) =>
          world.storage.revokePortalTokens({ environmentId, applicationId, revokedAt: at(seconds) });
        assert.deepEqual([await revoke(20), await revoke(10), await revoke(15)], [2, 2, 0]);
        for (const token of tokens) assert.equal(await revocationOf(tenant, token), at(10).getTime());
        assert.equal(await revocationOf(tenant, other), undefined);
      },
    },
    {
      name: 'the tokens of given sessions are revoked alone',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const hit = await storeToken(tenant, 'hit', { sessionId: 's1' });
        const missed = [await storeToken(tenant, 'other', { sessionId: 's2' }), await storeToken(tenant, 'none')];
        const where = { environmentId, applicationId, revokedAt: at(10) };
        assert.equal(await world.storage.revokePortalTokens({ ...where, sessionIds: [] }), 0);
        assert.equal(await world.storage.revokePortalTokens({ ...where, sessionIds: ['s0', 's1'] }), 1);
        assert.equal(await revocationOf(tenant, hit), at(10).getTime());
        for (const token of missed) assert.equal(await revocationOf(tenant, token), undefined);
      },
    },
    {
      name: 'another environment revokes nothing and limits nothing',
      run: async (world) => {
        const tenant = await createTenant(world);
        const token = await storeToken(tenant, 'one');
        const environmentId = await storeEnvironment(world);
        const { applicationId } = tenant;
        assert.equal(await world.storage.revokePortalTokens({ environmentId, applicationId, revokedAt: at(1) }), 0);
        assert.equal(await world.storage.limitKey({ environmentId, keyId: token.id, expiresAt: at(1) }), false);
        assertSame(await world.storage.getKey({ keyId: token.id }), token);
      },
    },
    {
      name: 'the end of a key is moved forward, never back',
      run: async (world) => {
        const { environmentId } = await createTenant(world);
        const key = newKey({ environmentId, id: `pk_limited_${environmentId}` });
        await world.storage.createKey({ key });
        const limit = async (seconds: number) => {
          const params = { environmentId, keyId: key.id, expiresAt: at(seconds) };
          assert.equal(await world.storage.limitKey(params), true);
          return (await world.storage.getKey({ keyId: key.id }))?.expiresAt;
        };
        assert.deepEqual([await limit(100), await limit(50), await limit(80)], [at(100), at(50), at(50)]);
        assert.equal(await world.storage.limitKey({ environmentId, keyId: 'pk_none', expiresAt: at(1) }), false);
      },
    },
    {
      name: 'retention removes expired tokens and no API key',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId } = tenant;
        const expired = await storeToken(tenant, 'expired', { expiresAt: atDay(1) });
        const living = await storeToken(tenant, 'living', { expiresAt: atDay(3) });
        const key = newKey({ environmentId, id: `pk_old_${environmentId}`, expiresAt: atDay(1) });
        await world.storage.createKey({ key });
        const before = atDay(-1);
        await world.storage.applyRetention({ messagesBefore: before, rollupsBefore: before, now: atDay(2) });
        const found = await Promise.all(
          [expired, living, key].map(async ({ id }) => (await world.storage.getKey({ keyId: id })) !== undefined),
        );
        assert.deepEqual(found, [false, true, true]);
      },
    },
  ],
};
