import { describe, expect, it } from 'vitest';
import {
  coreError,
  createErrorFactory,
  defineErrorCodes,
  errorCodes,
  isPostriderError,
  PostriderError,
} from './errors.js';

describe('PostriderError', () => {
  it('keeps code, message, cause and details, and knows from its code whether to retry', () => {
    const cause = new Error('ECONNREFUSED');
    const error = coreError('STORAGE_UNAVAILABLE', 'The database did not answer.', { cause, details: { waitedMs: 5 } });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'PostriderError',
      code: 'STORAGE_UNAVAILABLE',
      message: 'The database did not answer.',
      retryable: true,
      cause,
      details: { waitedMs: 5 },
    });
    expect(coreError('STORAGE_CLOSED', 'Closed.').retryable).toBe(false);
    expect('cause' in coreError('STORAGE_CLOSED', 'Closed.')).toBe(false);
  });

  it('takes the codes of other packages', () => {
    const codes = defineErrorCodes({ CACHE_DOWN: { summary: 'The cache is down.', retryable: true } });
    const cacheError = createErrorFactory(codes);
    expect(cacheError('CACHE_DOWN', 'No answer.')).toMatchObject({ code: 'CACHE_DOWN', retryable: true });
  });
});

describe('isPostriderError', () => {
  it('recognises errors by their brand, of other copies of the package too', () => {
    const foreign = Object.assign(new Error('made elsewhere'), { [Symbol.for('postrider.error')]: true, code: 'X_Y' });
    expect(isPostriderError(foreign)).toBe(true);
    expect(isPostriderError(foreign, 'X_Y')).toBe(true);
    expect(isPostriderError(coreError('ID_INVALID', 'No id.'))).toBe(true);
    expect(isPostriderError(new PostriderError('X_Y', 'x', { retryable: false }), 'X_Y')).toBe(true);
  });

  it('refuses other codes and other errors', () => {
    expect(isPostriderError(coreError('ID_INVALID', 'No id.'), 'STORAGE_CLOSED')).toBe(false);
    expect(isPostriderError(Object.assign(new Error('x'), { code: 'ID_INVALID' }))).toBe(false);
    for (const value of [undefined, null, 'ID_INVALID', { code: 'ID_INVALID' }]) {
      expect(isPostriderError(value)).toBe(false);
    }
  });
});

it('every code builds an error that carries it', () => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    expect(coreError(code, 'x')).toMatchObject({ code, retryable: errorCodes[code].retryable });
  }
});
