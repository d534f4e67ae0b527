/**
 * A reference to a list that any number of plugins contribute to, such as health checks or HTTP routes. Its identity
 * is the id text. Contributing or collecting does not influence the order in which plugins are set up or started.
 */
export interface ExtensionPoint<T> {
  readonly $$extensionPoint: 1;
  /** `<owner>.<name>`, such as `postrider.http.routes`. */
  readonly id: string;
  readonly version: number;
  /** Carries the type; never set. */
  readonly $$type?: T;
}

/** Declares an extension point. `version` (default 1) rises only when the contributed type changes incompatibly. */
export function defineExtensionPoint<T>(declaration: {
  readonly id: string;
  readonly version?: number;
}): ExtensionPoint<T> {
  return { $$extensionPoint: 1, id: declaration.id, version: declaration.version ?? 1 };
}

/** An item for an extension point. */
export interface Contribution<T> {
  readonly point: ExtensionPoint<T>;
  readonly item: T;
}

/** Gives `item` to `point`. */
export function contribute<T>(point: ExtensionPoint<T>, item: NoInfer<T>): Contribution<T> {
  return { point, item };
}

/** What a plugin receives that requires an extension point. */
export interface Contributions<T> {
  /**
   * Everything contributed, in the order in which the contributing plugins start. Complete once every plugin is set
   * up; throws `PLUGIN_STATE_INVALID` before, so read it in `start` or later.
   */
  all(): readonly T[];
}
