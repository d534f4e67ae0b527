import { appendFileSync } from 'node:fs';

/** A service that some tests need beside the workspace itself. */
export type ServiceName = 'postgres' | 'redis' | 'nats';

/** What a test file learns about a service it needs. */
export interface TestService {
  /** `false`: skip the tests that need it (`describe.skipIf(!service.available)`); the closing summary names them. */
  readonly available: boolean;
  /** Where it answers. Reading it while the service is absent throws. */
  readonly url: string;
}

/**
 * The variable through which each service is chosen: a URL, or `none` to treat the service as absent. Where it is
 * not set, the global setup looks for the service and writes what it found here, so that every worker inherits it.
 */
export const serviceVariables: Readonly<Record<ServiceName, string>> = {
  postgres: 'POSTRIDER_TEST_POSTGRES_URL',
  redis: 'POSTRIDER_TEST_REDIS_URL',
  nats: 'POSTRIDER_TEST_NATS_URL',
};

/** The variable that names the file in which workers note which services they went without. */
export const skipLogVariable = 'POSTRIDER_TEST_SKIP_LOG';

/**
 * Looks up a service for the calling test file, which gives `import.meta.url` so that a skip can be named.
 *
 * @throws if the service is absent although `CI=true` is set: an automated run never skips.
 */
export function requireService(service: ServiceName, testFileUrl: string): TestService {
  const variable = serviceVariables[service];
  const url = process.env[variable];
  if (url === undefined) {
    throw new Error(
      `${variable} is not set: name "@postrider/test-support/global-setup" as globalSetup in this package's vitest.config.ts`,
    );
  }
  if (url !== 'none') return { available: true, url };
  const missing = `This test needs ${service}, which is absent. Start it on its usual port or set ${variable}.`;
  if (process.env['CI'] === 'true') throw new Error(missing);
  const skipLog = process.env[skipLogVariable];
  if (skipLog !== undefined) appendFileSync(skipLog, `${JSON.stringify({ service, testFileUrl })}\n`);
  return {
    available: false,
    get url(): string {
      throw new Error(missing);
    },
  };
}
