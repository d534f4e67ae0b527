import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

/** These tests run what was built: `pnpm build` first. */
const dist = (name: string) => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

interface Running {
  output(): string;
  /** Resolves once the output contains the text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  exited: Promise<number | null>;
}

function run(name: string, environment: Record<string, string>): Running {
  const child = spawn(process.execPath, [dist(name)], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const watchers = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    for (const watcher of watchers) watcher();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = (once(child, 'close') as Promise<[number | null]>).then(([code]) => code);
  return {
    output: () => output,
    says: (text) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (output.includes(text)) resolve();
        };
        watchers.add(check);
        check();
        void exited.then(() => reject(new Error(`It exited without saying "${text}":\n${output}`)));
      }),
    kill: (signal) => child.kill(signal),
    exited,
  };
}

describe('the process', () => {
  let directory = '';
  const data = () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-process-'));
    return { POSTRIDER_DATA_DIR: join(directory, 'data') };
  };
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('exits with 78 and all problems when the configuration is wrong', async () => {
    const process = run('main', { ...data(), PORT: 'x', POSTRIDER_ROLE: 'y' });
    expect(await process.exited).toBe(78);
    expect(process.output()).toMatch(/PORT: .*\n.*POSTRIDER_ROLE: /);
  });

  it('exits with 78 when a plugin is missing or refuses its options', async () => {
    const environment = data();
    const missing = run('main', { ...environment, POSTRIDER_STORAGE: '@postrider/no-such-storage' });
    const refusing = run('main', {
      ...environment,
      POSTRIDER_PLUGIN_OPTIONS: '{"@postrider/storage-sqlite":{"bogus":1}}',
    });
    expect([await missing.exited, await refusing.exited]).toEqual([78, 78]);
    expect(missing.output()).toContain('@postrider/no-such-storage');
    expect(refusing.output()).toContain('bogus');
  });

  it('exits with 69 when another process has the store, and names it', async () => {
    const environment = data();
    const first = run('main', environment);
    await first.says('Listening');
    const second = run('main', environment);
    expect(await second.exited).toBe(69);
    expect(second.output()).toMatch(/"message":"The server cannot start: The database .* is in use by process \d+/);
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
  });

  it('prints a generated key to standard output and never logs it', async () => {
    const server = run('main', { ...data(), POSTRIDER_LOG_LEVEL: 'debug' });
    await server.says('Listening');
    const key = /pr_\w+/.exec(server.output())?.[0] ?? '';
    expect(key).toHaveLength(65);
    expect(server.output().split(key)).toHaveLength(2);
    server.kill('SIGINT');
    expect(await server.exited).toBe(0);
  });

  it('goes on as before for the pre-stop delay, but says that it is not ready', async () => {
    const receiver = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as { port: number };
    const apiKey = 'process-key-0123456789-0123456789-abcdef';
    const server = run('main', {
      ...data(),
      POSTRIDER_API_KEY: apiKey,
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      POSTRIDER_PRE_STOP_DELAY_MS: '3000',
    });
    await server.says('Listening');
    const base = `http://127.0.0.1:${/"port":(\d+)[^\n]*"Listening"/.exec(server.output())?.[1]}/api/v1`;
    const call = (path: string, body?: object) =>
      fetch(base + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    await call('/app', { name: 'a', uid: 'a' });
    await call('/app/a/endpoint', { url: `http://127.0.0.1:${port}/` });
    server.kill('SIGTERM');
    await server.says('"Stopping"');
    await expect.poll(async () => (await call('/health/ready')).status).toBe(503);
    const arrived = once(receiver, 'request');
    expect((await call('/app/a/msg', { eventType: 'a', payload: {} })).status).toBe(202);
    await arrived;
    expect(await server.exited).toBe(0);
    receiver.closeAllConnections();
    receiver.close();
  });

  it('gives its leases back and exits with 1 at a second signal while it waits for a receiver', async () => {
    const receiver = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as { port: number };
    const apiKey = 'process-key-0123456789-0123456789-abcdef';
    const server = run('main', {
      ...data(),
      POSTRIDER_API_KEY: apiKey,
      POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
      POSTRIDER_SHUTDOWN_GRACE_MS: '20000',
    });
    await server.says('Listening');
    const base = `http://127.0.0.1:${/"port":(\d+)[^\n]*"Listening"/.exec(server.output())?.[1]}/api/v1`;
    const post = (path: string, body: object) =>
      fetch(base + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/app', { name: 'a', uid: 'a' });
    await post('/app/a/endpoint', { url: `http://127.0.0.1:${port}/` });
    const arrived = once(receiver, 'request');
    await post('/app/a/msg', { eventType: 'a', payload: {} });
    await arrived;
    server.kill('SIGTERM');
    await server.says('"Stopping"');
    server.kill('SIGTERM');
    expect(await server.exited).toBe(1);
    expect(server.output()).toMatch(/"released":1.*"leasesLeft":0/);
    receiver.closeAllConnections();
    receiver.close();
  });
});

/** Does what the printed curl command would do. */
async function follow(output: string, key: string): Promise<{ status: number; body: unknown }> {
  const [, url = ''] = /curl (\S+)/.exec(output) ?? [];
  const [, authorization = ''] = /-H "authorization: ([^"]*)"/.exec(output) ?? [];
  const [, body = ''] = /-d '([^']*)'/.exec(output) ?? [];
  const headers = {
    authorization: authorization.replace(/\$\(cat '.*'\)/, key),
    'content-type': 'application/json',
  };
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.json() };
}

describe('the sample server', () => {
  let directory = '';
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('delivers an event to its own receiver, on the first start and on later ones', async () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-sample-'));
    const environment = { POSTRIDER_DATA_DIR: join(directory, 'data') };
    const keyFile = join(directory, 'data', 'quickstart-api-key');
    for (const start of ['first', 'second']) {
      const sample = run('quickstart', environment);
      await sample.says('Stop with Ctrl-C.');
      const output = sample.output();
      expect(output).toMatch(/Received (msg_\w+): signature verified[^]*Delivered \1/);
      expect(/API key: (pr_\w+)/.test(output)).toBe(start === 'first');
      expect(existsSync(keyFile)).toBe(true);
      expect(statSync(keyFile).mode & 0o777).toBe(0o600);
      const answer = await follow(output, readFileSync(keyFile, 'utf8').trim());
      expect(answer).toMatchObject({ status: 202, body: { payload: { text: 'Hello' } } });
      await sample.says('signature verified: {"text":"Hello"}');
      sample.kill('SIGTERM');
      expect(await sample.exited).toBe(0);
    }
  });

  it('points to a kept key only where it opens the store', async () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-sample-'));
    const keyFile = join(directory, 'quickstart-api-key');
    const first = run('quickstart', { POSTRIDER_DATA_DIR: directory });
    await first.says('Stop with Ctrl-C.');
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const foreign = `pr_first0000000_${'0'.repeat(49)}`;
    writeFileSync(keyFile, `${foreign}\n`);
    const second = run('quickstart', { POSTRIDER_DATA_DIR: directory });
    await second.says('Stop with Ctrl-C.');
    expect(second.output()).toContain('API key: printed when this data was first used.');
    expect(second.output()).not.toContain(keyFile);
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });

  it('says in a sentence that the port is taken, and what to do', async () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-sample-'));
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const sample = run('quickstart', { POSTRIDER_DATA_DIR: directory, PORT: String(port) });
    expect(await sample.exited).toBe(1);
    expect(sample.output()).toContain(`Postrider cannot start. Port ${port} is in use.`);
    other.close();
  });

  it('goes without a receiver when the configuration closes this machine', async () => {
    directory = mkdtempSync(join(tmpdir(), 'postrider-sample-'));
    const sample = run('quickstart', { POSTRIDER_DATA_DIR: directory, POSTRIDER_EGRESS_ALLOW_CIDRS: '10.0.0.0/8' });
    await sample.says('Stop with Ctrl-C.');
    expect(sample.output()).toContain('there is no sample receiver');
    sample.kill('SIGTERM');
    expect(await sample.exited).toBe(0);
  });
});
