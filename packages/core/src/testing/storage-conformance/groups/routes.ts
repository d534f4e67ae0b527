import assert from 'node:assert/strict';
import { assertSame, idsOf, present } from '../assertions.js';
import type { ConformanceGroup } from '../conformance-case.js';
import { createTenant, newEndpoint, newSecret, storeApplication, storeEndpoint } from '../fixtures.js';
import { at } from '../instants.js';

/** The routing table of an application. */
export const routesGroup: ConformanceGroup = {
  name: 'routes',
  storage: 'shared',
  cases: [
    {
      name: 'the routes of a missing application are undefined',
      run: async (world) =>
        assert.equal(await world.storage.loadRoutes({ applicationId: world.id('app_') }), undefined),
    },
    {
      name: 'an application without endpoints has empty routes',
      run: async (world) => {
        const { environmentId, applicationId } = await createTenant(world);
        const application = await world.storage.getApplication({ environmentId, application: { id: applicationId } });
        assertSame(await world.storage.loadRoutes({ applicationId }), { application, endpoints: [] });
      },
    },
    {
      name: 'routes hold the whole endpoints, oldest first, disabled ones too, and no others',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const sibling = { ...tenant, applicationId: (await storeApplication(world, { environmentId })).id };
        await storeEndpoint(sibling);
        const newer = await storeEndpoint(tenant, { createdAt: at(60), eventTypes: ['a'], headers: { 'x-a': '1' } });
        const older = await storeEndpoint(tenant, { createdAt: at(30), disabled: true, disabledReason: 'failing' });
        const routes = present(await world.storage.loadRoutes({ applicationId }), 'the routes');
        assertSame(
          routes.endpoints.map(({ endpoint }) => endpoint),
          [older, newer],
        );
        assertSame(
          routes.endpoints.map(({ state }) => state),
          [older, newer].map(({ id }) => ({ applicationId, endpointId: id })),
        );
      },
    },
    {
      name: 'routes hold the secrets of each endpoint, current ones first',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { applicationId } = tenant;
        const [first, second] = [newEndpoint(tenant), newEndpoint(tenant)];
        const rotated = newSecret('rotated', { createdAt: at(900), expiresAt: at(9_999_999_999) });
        const current = newSecret('current', { createdAt: at(10) });
        await world.storage.createEndpoint({ endpoint: first, secrets: [rotated, current] });
        const lone = newSecret('lone', { scheme: 'v1a' });
        await world.storage.createEndpoint({ endpoint: second, secrets: [lone] });
        const routes = present(await world.storage.loadRoutes({ applicationId }), 'the routes');
        assert.deepEqual(idsOf(routes.endpoints.map(({ endpoint }) => endpoint)), [first.id, second.id]);
        assertSame(
          routes.endpoints.map(({ secrets }) => secrets),
          [[current, rotated], [lone]],
        );
      },
    },
    {
      name: 'routes follow changes at once',
      run: async (world) => {
        const tenant = await createTenant(world);
        const { environmentId, applicationId } = tenant;
        const [kept, gone] = [await storeEndpoint(tenant), await storeEndpoint(tenant)];
        const change = { ...kept, url: 'https://new.example/', version: 2 };
        await world.storage.replaceEndpoint({ endpoint: change });
        await world.storage.deleteEndpoint({ environmentId, applicationId, endpointId: gone.id, deletedAt: at(5) });
        const where = { environmentId, applicationId, endpointId: kept.id };
        const expected = [newSecret(kept.id)];
        const secrets = [newSecret('next', { createdAt: at(5) })];
        await world.storage.replaceEndpointSecrets({ ...where, expected, secrets });
        const routes = present(await world.storage.loadRoutes({ applicationId }), 'the routes');
        const state = { applicationId, endpointId: kept.id };
        assertSame(routes.endpoints, [{ endpoint: change, secrets, state }]);
      },
    },
  ],
};
