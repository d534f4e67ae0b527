import { expect } from 'vitest';
import type { MethodCase, Scene } from './method-cases.js';

async function onlyIntegration({ svix, app }: Scene) {
  const { data } = await svix.integration.list(app);
  expect(data).toHaveLength(1);
  return data[0]!;
}

/** A call with the key of an integration. */
function callWith(key: string, { svix }: Scene, path: string): Promise<Response> {
  const { requestCtx } = svix as unknown as { requestCtx: { baseUrl: string } };
  return fetch(`${requestCtx.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
}

/** Integrations: programs of third parties with a key of their own. */
export const integrationCases: readonly MethodCase[] = [
  {
    method: 'integration.create',
    run: async ({ svix, app }) => {
      const created = await svix.integration.create(app, { name: 'Sheets', featureFlags: ['beta'] });
      expect(created).toMatchObject({ name: 'Sheets', featureFlags: ['beta'] });
      expect(created.createdAt).toBeInstanceOf(Date);
    },
  },
  {
    method: 'integration.list',
    run: async (scene) => {
      expect(await onlyIntegration(scene)).toMatchObject({ name: 'Sheets' });
    },
  },
  {
    method: 'integration.get',
    run: async (scene) => {
      const { id } = await onlyIntegration(scene);
      expect(await scene.svix.integration.get(scene.app, id)).toMatchObject({ id, name: 'Sheets' });
      const unknown = `integ_${'0'.repeat(27)}`;
      await expect(scene.svix.integration.get(scene.app, unknown)).rejects.toMatchObject({ code: 404 });
    },
  },
  {
    method: 'integration.update',
    run: async (scene) => {
      const { id } = await onlyIntegration(scene);
      const changed = await scene.svix.integration.update(scene.app, id, { name: 'Tables' });
      expect(changed).toMatchObject({ id, name: 'Tables' });
      expect(changed.featureFlags).toBeUndefined();
    },
  },
  {
    method: 'integration.rotateKey',
    run: async (scene) => {
      const { svix, app } = scene;
      const { id } = await onlyIntegration(scene);
      const first = (await svix.integration.rotateKey(app, id)).key;
      expect((await callWith(first, scene, `/app/${app}/endpoint`)).status).toBe(200);
      expect((await callWith(first, scene, '/app')).status).toBe(403);
      expect((await callWith(first, scene, `/app/${app}/integration`)).status).toBe(403);
      const second = (await svix.integration.rotateKey(app, id)).key;
      expect((await callWith(first, scene, `/app/${app}/endpoint`)).status).toBe(401);
      expect((await callWith(second, scene, `/app/${app}/endpoint`)).status).toBe(200);
    },
  },
  {
    method: 'integration.delete',
    run: async (scene) => {
      const { svix, app } = scene;
      const { id } = await onlyIntegration(scene);
      const { key } = await svix.integration.rotateKey(app, id);
      await svix.integration.delete(app, id);
      expect((await callWith(key, scene, `/app/${app}/endpoint`)).status).toBe(401);
      expect((await svix.integration.list(app)).data).toEqual([]);
    },
  },
];
