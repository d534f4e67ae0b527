import { coreError } from '@postrider/core';

/** The Node lines that the driver's binaries are made and tested for: `engines.node` of package.json. */
const minimums: Readonly<Record<number, number>> = { 22: 19, 24: 11 };
const firstOpenMajor = 26;

/**
 * Rejects Node versions on which the native driver would crash the process instead of failing with an error. Call it
 * before the driver is used: the binary is loaded with the first connection.
 */
export function assertSupportedRuntime(nodeVersion: string): void {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const minimumMinor = minimums[major];
  if (major >= firstOpenMajor || (minimumMinor !== undefined && minor >= minimumMinor)) return;
  throw coreError(
    'STORAGE_UNAVAILABLE',
    `Node ${nodeVersion} cannot load the SQLite driver: it needs Node 22.19 or later of 22, 24.11 or later of 24, or 26 ` +
      'and above. Run Postrider on Node 24.',
  );
}
