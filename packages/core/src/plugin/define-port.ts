/**
 * A reference to a typed interface that exactly one plugin (or the host) provides. Its identity is the id text, so two
 * installed copies of a package mean the same port.
 */
export interface Port<T> {
  readonly $$port: 1;
  /** `<owner>.<name>`, such as `postrider.storage`. */
  readonly id: string;
  /** Rises only when the interface changes in a way that breaks implementations or callers. */
  readonly version: number;
  /** Carries the type; never set. */
  readonly $$type?: T;
}

/** The interface that a port stands for. */
export type PortInterface<P> = P extends Port<infer T> ? T : never;

/** Declares a port. The same id with another `version` is refused at boot with `PORT_VERSION_MISMATCH`. */
export function definePort<T extends object>(declaration: { readonly id: string; readonly version: number }): Port<T> {
  return { $$port: 1, id: declaration.id, version: declaration.version };
}

/** A port together with the object that implements it. */
export interface PortBinding<T> {
  readonly port: Port<T>;
  readonly implementation: T;
  readonly usableBeforeStart: boolean;
}

/**
 * Says that `implementation` is the provider of `port`. Until the plugin has started, the methods of the port throw
 * `PORT_NOT_STARTED` (properties, such as declared capabilities, can be read), and after it has stopped
 * `PORT_STOPPED`. With `usableBeforeStart`, for ports that work without `start`, nothing is put in front of the object.
 */
export function bind<T extends object>(
  port: Port<T>,
  implementation: NoInfer<T>,
  { usableBeforeStart = false }: { readonly usableBeforeStart?: boolean } = {},
): PortBinding<T> {
  return { port, implementation, usableBeforeStart };
}
