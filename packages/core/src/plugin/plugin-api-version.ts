import semver from 'semver';

/**
 * Version of the plugin contract itself: `definePlugin` and what the kernel promises around it. It has its own number
 * because it changes far less often than this package.
 */
export const pluginApiVersion = '1.0.0';

/**
 * Whether a plugin's `api` range accepts the contract of a host. Pre-releases of the contract are ordered as semver
 * orders them and lie inside any range that surrounds them: a host with 1.1.0-rc.1 runs plugins that ask for `^1.0.0`,
 * not those that ask for `^1.1.0`; a host with 2.0.0-rc.1 runs none of either, but those that ask for `^2.0.0-rc.0`.
 */
export function acceptsApiVersion(range: string, version: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true });
}

/** Whether the text is a semver range. */
export function isApiRange(range: unknown): boolean {
  return typeof range === 'string' && range.trim() !== '' && semver.validRange(range) !== null;
}
