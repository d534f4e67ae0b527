import { randomUUID } from 'node:crypto';
import { testApiKey } from '../e2e/support/server.js';
import type { CommandResult, Engine } from './engine.js';

/** The strictest way to run the image; everything that the server does has to work under it. */
export const hardening = [
  '--read-only',
  '--tmpfs=/tmp:rw,noexec,nosuid,size=64m',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--user=65532',
  '--pids-limit=256',
  '--memory=512m',
  // The tests run the health check themselves, and some machines have nothing that would run it.
  '--no-healthcheck',
  // So that it reaches a receiver on the loopback interface of this machine.
  '--network=host',
];

const readyTimeoutMs = 30_000;

/** A server in a container. */
export interface RunningContainer {
  readonly url: string;
  readonly apiKey: string;
  /** From the start of the container to the first answer that says it is ready. */
  readonly readyAfterMs: number;
  /** Runs a command inside. */
  exec(...command: readonly string[]): Promise<CommandResult>;
  /** Stops it as its engine does by default, SIGTERM and ten seconds; resolves with the exit code. */
  stop(): Promise<number>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  /** Removes it, running or not. */
  remove(): Promise<void>;
}

export interface ContainerParams {
  readonly image: string;
  /** The volume for `/data`. */
  readonly volume: string;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the image and resolves when it is ready. */
export async function startContainer(engine: Engine, params: ContainerParams): Promise<RunningContainer> {
  const { image, volume, port } = params;
  const environment = {
    PORT: String(port),
    POSTRIDER_API_KEY: testApiKey,
    POSTRIDER_EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
    ...params.environment,
  };
  const variables = Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
  const name = `postrider-test-${randomUUID()}`;
  const remove = async (): Promise<void> => void (await engine.try('rm', '--force', name));

  const beganMs = performance.now();
  await engine.run('run', '--detach', `--name=${name}`, ...hardening, ...variables, `--volume=${volume}:/data`, image);
  const url = `http://127.0.0.1:${port}`;
  if (!(await becomesReady(url))) {
    const { stdout, stderr } = await engine.try('logs', name);
    await remove();
    throw new Error(`The container was not ready within ${readyTimeoutMs} ms:\n${stdout}${stderr}`);
  }
  return {
    url,
    apiKey: testApiKey,
    readyAfterMs: performance.now() - beganMs,
    exec: (...command) => engine.try('exec', name, ...command),
    async stop() {
      await engine.run('stop', name);
      return Number(await engine.run('inspect', '--format={{.State.ExitCode}}', name));
    },
    kill: async () => void (await engine.run('kill', '--signal=KILL', name)),
    remove,
  };
}

async function becomesReady(url: string): Promise<boolean> {
  const endMs = performance.now() + readyTimeoutMs;
  while (performance.now() < endMs) {
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.status === 204) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
