/** Provides the `EgressPolicy`: the same one that the sender connects by. */
export const EGRESS_POLICY = Symbol('postrider.egress-policy');
