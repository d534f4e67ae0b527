import type { System } from './system.ts';

/** Any server that speaks the contract, started by somebody else. */
export function external(baseUrl: string, token: string): System {
  return {
    name: 'external',
    title: baseUrl,
    durability: 'as its operator set it up',
    share: 0.2,
    start: async () => ({
      servers: [{ baseUrl: baseUrl.replace(/\/$/, ''), token }],
      residentBytes: () => Number.NaN,
      nodeCpuMicroseconds: () => Number.NaN,
      databaseCpuMicroseconds: () => Number.NaN,
      stop: async () => undefined,
    }),
  };
}
