import type { Dispatcher } from 'undici';
import { beforeEach, describe, expect, it } from 'vitest';
import { AttemptHandler, maxInformationalResponses, maxReadBodyBytes, type AttemptEnd } from './attempt-handler.js';
import { maxKeptBodyBytes } from './response-text.js';

describe('AttemptHandler', () => {
  let ends: AttemptEnd[];
  let aborts: Error[];
  let handler: AttemptHandler;
  let controller: Dispatcher.DispatchController;

  beforeEach(() => {
    ends = [];
    aborts = [];
    handler = new AttemptHandler((end) => ends.push(end));
    controller = {
      aborted: false,
      paused: false,
      reason: null,
      pause: () => {},
      resume: () => {},
      // As undici does: an aborted request ends with the reason as its error.
      abort: (reason) => {
        aborts.push(reason);
        handler.onResponseError(controller, reason);
      },
    };
  });

  it('takes the final response, whatever informational ones came before', () => {
    handler.onRequestStart(controller);
    handler.onResponseStart(controller, 103, { 'retry-after': '1' });
    handler.onResponseStart(controller, 503, { 'retry-after': ['2', '3'] });
    handler.onResponseData(controller, Buffer.from('so'));
    handler.onResponseData(controller, Buffer.from('rry'));
    handler.onResponseEnd();
    expect(ends).toEqual([{ kind: 'response', statusCode: 503, body: 'sorry', retryAfter: '2' }]);
    expect(aborts).toEqual([]);
  });

  it('gives up on a receiver that sends informational responses without end', () => {
    handler.onRequestStart(controller);
    for (let sent = 0; sent < maxInformationalResponses; sent += 1) handler.onResponseStart(controller, 103, {});
    expect(ends).toEqual([]);
    handler.onResponseStart(controller, 103, {});
    expect(ends).toEqual([{ kind: 'error', error: 'protocol_error' }]);
    expect(aborts).toHaveLength(1);
  });

  it.each(['timeout', 'aborted'] as const)('cut off (%s) before the status line, ends so and aborts', (error) => {
    handler.onRequestStart(controller);
    handler.onResponseStart(controller, 103, {});
    handler.cutOff(error);
    expect(ends).toEqual([{ kind: 'error', error }]);
    expect(aborts).toHaveLength(1);
  });

  it.each(['timeout', 'aborted'] as const)('cut off (%s) after the status line, ends with the status', (error) => {
    handler.onRequestStart(controller);
    handler.onResponseStart(controller, 201, {});
    handler.onResponseData(controller, Buffer.from('begun'));
    handler.cutOff(error);
    expect(ends).toEqual([{ kind: 'response', statusCode: 201, body: 'begun' }]);
    expect(aborts).toHaveLength(1);
  });

  it('cut off before it started, does not start', () => {
    handler.cutOff('timeout');
    handler.onRequestStart(controller);
    expect(ends).toEqual([{ kind: 'error', error: 'timeout' }]);
    expect(aborts).toHaveLength(1);
  });

  it('refuses to be started again: the receiver may have had the request', () => {
    handler.onRequestStart(controller);
    handler.onRequestStart(controller);
    expect(aborts).toHaveLength(1);
    expect(ends).toEqual([{ kind: 'error', error: 'connection_reset' }]);
  });

  it('gives up the connection when the body is longer than anybody reads, and keeps the beginning', () => {
    handler.onRequestStart(controller);
    handler.onResponseStart(controller, 200, {});
    const chunk = Buffer.alloc(1024, 'a');
    while (aborts.length === 0) handler.onResponseData(controller, chunk);
    expect(ends).toEqual([{ kind: 'response', statusCode: 200, body: 'a'.repeat(maxKeptBodyBytes) }]);
    expect(maxReadBodyBytes).toBeGreaterThan(maxKeptBodyBytes);
  });

  it('keeps the cause of what it does not understand, and of nothing else', () => {
    const cause = new Error('?');
    handler.onResponseError(controller, cause);
    expect(ends).toEqual([{ kind: 'error', error: 'internal', cause }]);
  });
});
