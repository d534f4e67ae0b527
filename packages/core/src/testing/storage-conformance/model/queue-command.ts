import type { Tenant } from '../fixtures.js';
import { type QueueModel, verify } from './queue-model.js';

/** A step of a random history. The shape is that of fast-check's `AsyncCommand`. */
export interface QueueCommand {
  check(model: Readonly<QueueModel>): boolean;
  run(model: QueueModel, tenant: Tenant): Promise<void>;
  toString(): string;
}

/** Builds a command that ends with a comparison of all that is stored. */
export function defineCommand<Params>(definition: {
  readonly name: string;
  readonly params: Params;
  readonly isPossible?: (model: Readonly<QueueModel>) => boolean;
  readonly run: (params: { readonly model: QueueModel; readonly tenant: Tenant } & Params) => Promise<void>;
}): QueueCommand {
  return {
    check: (model) => definition.isPossible?.(model) ?? true,
    run: async (model, tenant) => {
      await definition.run({ model, tenant, ...definition.params });
      await verify(model, tenant);
    },
    toString: () => `${definition.name}(${JSON.stringify(definition.params)})`,
  };
}
