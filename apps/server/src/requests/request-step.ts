import type { ExecutionContext } from '@nestjs/common';
import type { RequestTraits } from './request-traits.js';

/** Carries a request out: the handler, and the steps that are further in. */
export type Proceed = () => Promise<unknown>;

/** What a step does around a request. */
export type Wrap = (proceed: Proceed) => Promise<unknown>;

/** What is done around the handler of a request. */
export interface RequestStep {
  /** What the step does around this request; `undefined` when it has nothing to do there, which is worth being quick. */
  around(context: ExecutionContext, traits: RequestTraits): Wrap | undefined;
}
