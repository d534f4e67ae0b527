/** The role that a package declares as `postrider.role` in its package.json. */
export type Role =
  | 'core'
  | 'resilience'
  | 'cache'
  | 'metrics'
  | 'health'
  | 'analytics'
  | 'delivery'
  | 'plugin'
  | 'client'
  | 'cli'
  | 'create-plugin'
  | 'app'
  | 'test'
  | 'bench'
  | 'example';

/** What the code of a role may import from the workspace, beside itself. */
export interface Allowance {
  readonly values: readonly Role[] | 'everything';
  /** Roles of which types may be imported, and nothing that exists at run time. */
  readonly types: readonly Role[];
}

/** ARCHITECTURE.md shows this table to people. */
export const allowances: Readonly<Record<Role, Allowance>> = {
  core: { values: [], types: [] },
  resilience: { values: [], types: [] },
  cache: { values: ['core'], types: [] },
  metrics: { values: ['core'], types: [] },
  health: { values: ['core'], types: [] },
  analytics: { values: ['core'], types: [] },
  delivery: { values: ['core', 'resilience'], types: ['cache', 'metrics', 'analytics'] },
  // A plugin may also import the package that owns its port: see `portOwners`.
  plugin: { values: ['core'], types: [] },
  client: { values: [], types: [] },
  cli: { values: ['core', 'client'], types: [] },
  'create-plugin': { values: [], types: [] },
  app: { values: 'everything', types: [] },
  test: { values: 'everything', types: [] },
  bench: { values: 'everything', types: [] },
  example: { values: 'everything', types: [] },
};

/** The first word of a plugin's folder names its port; this is the role of the package that owns the port. */
export const portOwners: Readonly<Record<string, Role>> = {
  storage: 'core',
  wake: 'core',
  cache: 'cache',
  metrics: 'metrics',
  alerts: 'metrics',
  state: 'resilience',
  health: 'health',
};

/** Only an adapter may talk to these; the packages must work with any of them. */
export const drivers = ['pg', 'typeorm', 'better-sqlite3', 'redis', 'ioredis', 'mysql2', '@nats-io', 'prom-client'];

/** Whether a text is a role. */
export function isRole(text: string | undefined): text is Role {
  return text !== undefined && Object.hasOwn(allowances, text);
}
