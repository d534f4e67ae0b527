/** Bounds that the configuration sets. */
export interface EndpointLimits {
  /** Most endpoints of one application. */
  readonly endpointsMax: number;
  /** Longest deadline of an attempt that an endpoint may set for itself. */
  readonly timeoutMaxMs: number;
}

/** Provides the `EndpointLimits`. */
export const ENDPOINT_LIMITS = Symbol('postrider.endpoint-limits');
