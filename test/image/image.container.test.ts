/**
 * The container image, built from this checkout and run under the strictest options: `pnpm test:image`. Needs podman or
 * docker, and the base image or a registry to pull it from. `POSTRIDER_TEST_IMAGE` names an image to test instead,
 * `POSTRIDER_TEST_PREVIOUS_IMAGE` one whose data it has to go on with, `POSTRIDER_TEST_KILLS` how often to kill it (3).
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callApi, createApplication } from '../e2e/support/api.js';
import { startReceiver, type Receiver } from '../e2e/support/receiver.js';
import { freePort } from '../e2e/support/server.js';
import { hardening, startContainer, type RunningContainer } from './container.js';
import { findEngine } from './engine.js';

const root = dirname(dirname(import.meta.dirname));
const addedMaxMb = 250;
const readyMaxMs = 3_000;
const stopMaxMs = 10_000;
/** Short, so that what a killed process held is taken over soon. */
const leaseEnvironment = { POSTRIDER_ATTEMPT_TIMEOUT_MS: '1000', POSTRIDER_LEASE_MS: '12000' };

const kills = Number(process.env['POSTRIDER_TEST_KILLS'] ?? '3');
const previousImage = process.env['POSTRIDER_TEST_PREVIOUS_IMAGE'];

const engine = await findEngine();
if (engine === undefined) console.warn('\nNO IMAGE WAS TESTED: neither podman nor docker answers on this machine.\n');

describe.skipIf(engine === undefined)('the container image', () => {
  const given = process.env['POSTRIDER_TEST_IMAGE'];
  const image = given ?? `localhost/postrider-test:${randomUUID()}`;
  const { version } = JSON.parse(readFileSync(join(root, 'apps/server/package.json'), 'utf8')) as { version: string };
  const volume = `postrider-test-${randomUUID()}`;
  let receiver: Receiver | undefined;
  let containers: RunningContainer[] = [];
  let port = 0;

  beforeAll(async () => {
    port = await freePort();
    if (given !== undefined) return;
    // The format of Docker has the health check; it is docker's only one.
    const format = engine?.name === 'podman' ? ['--format=docker'] : [];
    const file = join(root, 'docker/Dockerfile');
    await engine!.run(
      'build',
      ...format,
      '--network=host',
      `--build-arg=VERSION=${version}`,
      `--file=${file}`,
      `--tag=${image}`,
      root,
    );
  });

  afterEach(async () => {
    await receiver?.close();
    receiver = undefined;
    await Promise.all(containers.map((container) => container.remove()));
    containers = [];
    await engine!.try('volume', 'rm', '--force', volume);
  });

  afterAll(async () => {
    if (given === undefined) await engine!.try('rmi', '--force', image);
  });

  async function start(
    environment: Readonly<Record<string, string>> = {},
    from: string = image,
  ): Promise<RunningContainer> {
    const container = await startContainer(engine!, { image: from, volume, port, environment });
    containers.push(container);
    return container;
  }

  it('has no package manager and no compiler in it, and is small', async () => {
    const script = `
      for tool in npm npx pnpm yarn yarnpkg corepack gcc python3; do command -v "$tool"; done
      find /app -name '*.map' -o -name '*.ts' -o -name sqlite3.c -o -name typescript -o -name vitest -o -name turbo
      du -sk /app | cut -f1`;
    const lines = (await engine!.run('run', '--rm', ...hardening, '--entrypoint=sh', image, '-c', script)).split('\n');
    const addedMb = Number(lines.pop()) / 1024;
    console.log(`the image adds ${addedMb.toFixed(1)} MB to its base`);
    expect(lines).toEqual([]);
    expect(addedMb).toBeLessThanOrEqual(addedMaxMb);
  });

  it('carries the version of the server', async () => {
    const label = '{{index .Config.Labels "org.opencontainers.image.version"}}';
    expect(await engine!.run('image', 'inspect', `--format=${label}`, image)).toBe(version);
  });

  it('runs as nobody of the host, on a root file system that it cannot change', async () => {
    const container = await start();
    expect((await container.exec('id', '-u')).stdout.trim()).toBe('65532');
    expect((await container.exec('touch', '/app/dist/main.js')).exitCode).toBe(1);
    expect((await container.exec('sh', '-c', 'tr "\\0" " " < /proc/1/cmdline')).stdout).toBe('node /app/dist/main.js ');
  });

  it('has a health check that tells a running server from none', async () => {
    const container = await start();
    expect(await container.exec('node', '/app/healthcheck.mjs')).toMatchObject({ exitCode: 0, stderr: '' });
    await container.stop();
    const variable = `--env=PORT=${port}`;
    const without = await engine!.try(
      'run',
      '--rm',
      ...hardening,
      variable,
      '--entrypoint=node',
      image,
      '/app/healthcheck.mjs',
    );
    expect(without.exitCode).toBe(1);
    expect(without.stderr).toContain('The server is not healthy: ');
  });

  it('refuses a configuration that is wrong with exit code 78', async () => {
    const refused = await engine!.try('run', '--rm', ...hardening, '--env=POSTRIDER_ROLES=api', image);
    expect(refused.exitCode).toBe(78);
    expect(refused.stderr).toContain('POSTRIDER_ROLES: there is no such variable');
  });

  it('loses no accepted message when it is killed and started again on its volume', async () => {
    receiver = await startReceiver();
    let server = await start(leaseEnvironment);
    const readyTimesMs = [server.readyAfterMs];
    const { applicationId } = await createApplication(server, [receiver.url]);
    const accepted = new Set<string>();
    for (let kill = 0; kill < kills; kill += 1) {
      const publishing = Array.from({ length: 100 }, async (_, n) => {
        const body = { eventType: 'image.test', payload: { kill, n } };
        // One that is under way when the server dies may be refused; then nothing was promised.
        const answer = await callApi<{ id: string }>(server, { path: `/app/${applicationId}/msg`, body }).catch(
          () => undefined,
        );
        if (answer?.status === 202) accepted.add(answer.body.id);
      });
      const arrivedBefore = receiver.requests.length;
      await receiver.waitFor((requests) => requests.length >= arrivedBefore + 30);
      await server.kill();
      await Promise.all(publishing);
      await server.remove();
      server = await start(leaseEnvironment);
      readyTimesMs.push(server.readyAfterMs);
    }
    expect(accepted.size).toBeGreaterThan(kills);
    await receiver.waitFor((requests) => {
      const arrived = new Set(requests.map(({ webhookId }) => webhookId));
      return [...accepted].every((id) => arrived.has(id));
    }, 60_000);

    console.log(
      `${kills} kills, ${accepted.size} accepted, 0 lost; ready after ${readyTimesMs.map((ms) => ms.toFixed(0)).join(', ')} ms`,
    );
    // The quickest: the others may have had to share the machine.
    expect(Math.min(...readyTimesMs)).toBeLessThanOrEqual(readyMaxMs);
  });

  it.skipIf(previousImage === undefined)('goes on with the data of the image before it', async () => {
    receiver = await startReceiver();
    receiver.answerWith(() => ({ status: 503 }));
    const before = await start(leaseEnvironment, previousImage);
    const { applicationId } = await createApplication(before, [receiver.url]);
    const ids = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const body = { eventType: 'image.upgraded', payload: { n } };
      ids.add((await callApi<{ id: string }>(before, { path: `/app/${applicationId}/msg`, body })).body.id);
    }
    await receiver.waitFor((requests) => requests.length > 0);
    expect(await before.stop()).toBe(0);

    receiver.answerWith(() => ({ status: 200 }));
    const after = await start(leaseEnvironment);
    const delivered = new Set<string>();
    await receiver.waitFor((requests) => {
      for (const { webhookId, status } of requests) if (status === 200) delivered.add(webhookId);
      return [...ids].every((id) => delivered.has(id));
    }, 120_000);
    const { body } = await callApi<{ data: { id: string }[] }>(after, { path: `/app/${applicationId}/msg?limit=50` });
    expect(new Set(body.data.map(({ id }) => id))).toEqual(ids);
  });

  it('drains on SIGTERM and exits with 0', async () => {
    receiver = await startReceiver();
    receiver.answerWith(() => ({ status: 200, delayMs: 2_000 }));
    const server = await start();
    const { applicationId } = await createApplication(server, [receiver.url]);
    const messages = 10;
    for (let n = 0; n < messages; n += 1) {
      await callApi(server, { path: `/app/${applicationId}/msg`, body: { eventType: 'slow.event', payload: { n } } });
    }
    await receiver.waitFor((requests) => requests.length >= messages);

    const beganMs = performance.now();
    expect(await server.stop()).toBe(0);
    const stoppedAfterMs = performance.now() - beganMs;
    console.log(`stopped after ${stoppedAfterMs.toFixed(0)} ms with requests of 2 s under way`);
    expect(stoppedAfterMs).toBeLessThan(stopMaxMs);

    const next = await start();
    const list = await callApi<{ data: { id: string }[] }>(next, { path: `/app/${applicationId}/endpoint` });
    const path = `/app/${applicationId}/attempt/endpoint/${list.body.data[0]?.id}`;
    const attempts = await callApi<{ data: { status: number }[] }>(next, { path });
    expect(attempts.body.data.map(({ status }) => status)).toEqual(Array.from({ length: messages }, () => 0));
    expect(receiver.requests).toHaveLength(messages);
  });
});
