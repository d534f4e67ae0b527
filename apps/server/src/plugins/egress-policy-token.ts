/** Provides the `EgressPolicy`, made of the same options as the one that the sender connects by. */
export const EGRESS_POLICY = Symbol('postrider.egress-policy');
