import { coreError } from '@postrider/core';
import { toStorageError } from '../errors.js';

/** Turns a piece of work into a method of the port: refuses when closed or aborted, translates errors. */
export type Operation = <Params extends { signal?: AbortSignal }, Result>(
  work: (params: Params) => Promise<Result>,
) => (params: Params) => Promise<Result>;

/** Builds methods that work while `isOpen()`. A signal is heeded before the work begins; then timeouts bound it. */
export function createOperation(isOpen: () => boolean): Operation {
  return (work) => async (params) => {
    if (!isOpen()) {
      throw coreError(
        'STORAGE_CLOSED',
        'The PostgreSQL storage is not open: call methods after `migrate` has resolved and before `close`.',
      );
    }
    params.signal?.throwIfAborted();
    try {
      return await work(params);
    } catch (error) {
      throw toStorageError(error);
    }
  };
}
