import assert from 'node:assert/strict';
import type { EndpointSecret } from '../../../domain/endpoint.js';
import { assertSame } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, newEndpoint, newSecret, type Tenant } from '../fixtures.js';
import { at } from '../instants.js';

async function storeWithSecrets(tenant: Tenant, secrets: readonly EndpointSecret[]) {
  const { environmentId, applicationId, world } = tenant;
  const endpoint = newEndpoint(tenant);
  await world.storage.createEndpoint({ endpoint, secrets });
  return { environmentId, applicationId, endpointId: endpoint.id };
}

const old = newSecret('old', { expiresAt: at(86_400) });
const current = newSecret('current', { createdAt: at(100) });
const asymmetric = newSecret('asymmetric', { scheme: 'v1a', createdAt: at(50) });

/** Signing secrets: order, compare-and-set, concurrent rotations. */
export const secretsGroup: ConformanceGroup = {
  name: 'endpoint secrets',
  storage: 'shared',
  cases: [
    {
      name: 'secrets are listed newest first, expired ones too',
      run: async (world) => {
        const where = await storeWithSecrets(await createTenant(world), [old, current, asymmetric]);
        assertSame(await world.storage.getEndpointSecrets(where), [current, asymmetric, old]);
      },
    },
    {
      name: 'secrets of a missing endpoint are undefined, and replacing them is not_found',
      run: async (world) => {
        const { environmentId, applicationId } = await createTenant(world);
        const where = { environmentId, applicationId, endpointId: world.id('ep_') };
        assert.equal(await world.storage.getEndpointSecrets(where), undefined);
        const result = await world.storage.replaceEndpointSecrets({ ...where, expected: [], secrets: [current] });
        assertSame(result, { outcome: 'not_found' });
      },
    },
    {
      name: 'replacing takes the expected secrets in any order, and replaces them all',
      run: async (world) => {
        const where = await storeWithSecrets(await createTenant(world), [old, current]);
        const next = newSecret('next', { createdAt: at(200) });
        const secrets = [next, { ...current, expiresAt: at(300) }];
        const expected = [current, old];
        assertSame(await world.storage.replaceEndpointSecrets({ ...where, expected, secrets }), {
          outcome: 'replaced',
        });
        assertSame(await world.storage.getEndpointSecrets(where), secrets);
      },
    },
    {
      name: 'replacing is version_mismatch and writes nothing when more, fewer or other secrets are stored',
      run: async (world) => {
        const where = await storeWithSecrets(await createTenant(world), [current, old]);
        for (const expected of [[current], [current, old, asymmetric], [current, asymmetric], []]) {
          const result = await world.storage.replaceEndpointSecrets({ ...where, expected, secrets: [asymmetric] });
          assertSame(result, { outcome: 'version_mismatch' });
        }
        assertSame(await world.storage.getEndpointSecrets(where), [current, old]);
      },
    },
    {
      name: 'of concurrent rotations exactly one wins',
      run: async (world) => {
        const where = await storeWithSecrets(await createTenant(world), [current]);
        const candidates = Array.from({ length: 10 }, (_, index) => [newSecret(`n${index}`, { createdAt: at(200) })]);
        const results = await Promise.all(
          candidates.map((secrets) => world.storage.replaceEndpointSecrets({ ...where, expected: [current], secrets })),
        );
        const outcomes = results.map(({ outcome }) => outcome);
        const winner = outcomes.indexOf('replaced');
        assert.deepEqual([...outcomes].sort(), ['replaced', ...Array.from({ length: 9 }, () => 'version_mismatch')]);
        assertSame(await world.storage.getEndpointSecrets(where), candidates[winner]);
      },
    },
  ],
};
