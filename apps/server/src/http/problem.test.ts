import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { coreError, PostriderError } from '@postrider/core';
import { notFound } from './api-error.js';
import { toApiError, toProblemBody } from './problem.js';

const noRoute = { allowedMethods: [] };
const overloaded = new PostriderError('DELIVERY_OVERLOADED', 'queue of 10000', { retryable: true });
const stopped = new PostriderError('DELIVERY_STOPPED', 'stopped', { retryable: false });

describe('toApiError', () => {
  it.each([
    ['a store that is away', coreError('STORAGE_UNAVAILABLE', 'x'), 503, 'storage_unavailable'],
    ['a full disk', coreError('STORAGE_FULL', 'x'), 503, 'storage_unavailable'],
    ['too many publishes', overloaded, 503, 'overloaded'],
    ['a stopped engine', stopped, 503, 'shutting_down'],
    ['a port that has not started', coreError('PORT_NOT_STARTED', 'x'), 503, 'shutting_down'],
    ['corrupt data', coreError('STORAGE_CORRUPT', 'row 7'), 500, 'internal'],
    ['a bug', new TypeError('x is not a function'), 500, 'internal'],
    ['what is no error', 'text', 500, 'internal'],
    ['nothing', undefined, 500, 'internal'],
    ['an answer of ours', notFound('application'), 404, 'not_found'],
    ['a path without routes', new NotFoundException('Cannot GET /x'), 404, 'not_found'],
    ['another refusal of the framework', new BadRequestException('secret'), 400, 'bad_request'],
  ])('answers %s with the right status', (_, thrown, status, code) => {
    expect(toApiError(thrown, noRoute)).toMatchObject({ status, code });
  });

  it('repeats nothing of what an error says that was not made for callers', () => {
    for (const thrown of [
      overloaded,
      coreError('STORAGE_CORRUPT', 'row 7'),
      new BadRequestException('row 7'),
      new Error('row 7'),
    ]) {
      expect(JSON.stringify(toApiError(thrown, noRoute).detail)).not.toMatch(/row 7|10000/);
    }
  });

  it('claims that nothing changed only where the store refused', () => {
    const detailOf = (code: 'STORAGE_UNAVAILABLE' | 'STORAGE_FULL') => toApiError(coreError(code, 'x'), noRoute).detail;
    expect(detailOf('STORAGE_FULL')).toContain('Nothing was changed');
    expect(detailOf('STORAGE_UNAVAILABLE')).not.toContain('Nothing was changed');
  });

  it('says when to try again wherever that may help', () => {
    for (const thrown of [overloaded, stopped, coreError('STORAGE_UNAVAILABLE', 'x')]) {
      expect(Number(toApiError(thrown, noRoute).headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});

describe('toProblemBody', () => {
  it('has the members of RFC 9457 on top of code and detail', () => {
    expect(toProblemBody(notFound('message'), { path: '/api/v1/x', id: 'r1' })).toEqual({
      type: 'urn:postrider:problem:not_found',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such message.',
      instance: '/api/v1/x',
      code: 'not_found',
      requestId: 'r1',
    });
  });
});
