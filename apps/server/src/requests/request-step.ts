import type { ExecutionContext } from '@nestjs/common';

/** Carries a request out: the handler, and the steps that are further in. */
export type Proceed = () => Promise<unknown>;

/** What is done around the handler of a request. */
export interface RequestStep {
  /** What the step does around this request; `undefined` when it has nothing to do there, which is worth being quick. */
  around(context: ExecutionContext): ((proceed: Proceed) => Promise<unknown>) | undefined;
}
