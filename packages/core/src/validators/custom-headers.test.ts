import { describe, expect, it } from 'vitest';
import { validateCustomHeaders, validateHeaderName, validateHeaderValue } from './custom-headers.js';
import type { Validation } from './validation.js';

const messageOf = (result: Validation<unknown, string>) => (result.ok ? '' : result.message);

describe('header names', () => {
  it.each([
    ['X-Api-Key', 'x-api-key'],
    ['authorization', 'authorization'],
    ['A', 'a'],
    ['a'.repeat(64), 'a'.repeat(64)],
    ['X-Forwarder', 'x-forwarder'],
    ['hostname', 'hostname'],
  ])('%j becomes %j', (given, expected) => {
    expect(validateHeaderName(given)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ...['', 'X y', 'a\r\nb', 'a:b', 'x_y', 'é', 'a'.repeat(65), 42, null, undefined],
    ...[
      'Host',
      'content-length',
      'Transfer-Encoding',
      'connection',
      'Keep-Alive',
      'upgrade',
      'TE',
      'trailer',
      'expect',
    ],
    ...['proxy-authorization', 'Proxy-Connection', 'content-type', 'content-encoding', 'User-Agent', 'cookie'],
    ...['forwarded', 'X-Forwarded-For', 'x-forwarded-host', 'x-real-ip', 'traceparent'],
    ...['webhook-id', 'Webhook-Signature', 'webhook-anything', 'svix-id'],
    ...['x-amz-date', 'x-amzn-trace-id', 'X-aws-ec2-metadata-token', 'x-google-a', 'x-goog-b', 'x-gfe-c', 'x-azure-d'],
    ...['x-fd-healthprobe'],
  ])('refuses %j', (name) => {
    expect(validateHeaderName(name)).toMatchObject({ ok: false, code: 'forbidden_header' });
  });
});

describe('header values', () => {
  it.each([[''], ['Bearer abc'], ['a\tb'], ['caf\u00E9'], ['~'], ['x'.repeat(4096)]])('accepts %j', (value) => {
    expect(validateHeaderValue(value)).toEqual({ ok: true, value });
  });

  it.each([
    ['a\r\nX: 1'],
    ['a\nb'],
    ['a\rb'],
    ['a\u0000'],
    ['a\u007F'],
    ['a\u0085'],
    ['😀'],
    ['\u0100'],
    ['x'.repeat(4097)],
    [' a'],
    ['a\t'],
    [42],
    [null],
  ])('refuses %j', (value) => {
    expect(validateHeaderValue(value)).toMatchObject({ ok: false, code: 'invalid_header' });
  });

  it('never repeats a value, which may be a secret', () => {
    const refusal = validateHeaderValue('s3cret\u0000');
    expect(refusal.ok).toBe(false);
    expect(JSON.stringify(refusal)).not.toContain('s3cret');
  });
});

describe('all headers of an endpoint', () => {
  const many = (count: number, value = 'v') =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, value]));

  it('come back in lower case', () => {
    expect(validateCustomHeaders({ 'X-Tenant': 'a', Authorization: 'b' })).toEqual({
      ok: true,
      value: { 'x-tenant': 'a', authorization: 'b' },
    });
    expect(validateCustomHeaders({})).toEqual({ ok: true, value: {} });
  });

  it('are at most 20, of 8 KiB together', () => {
    expect(validateCustomHeaders(many(20)).ok).toBe(true);
    expect(validateCustomHeaders(many(21))).toMatchObject({ ok: false, code: 'invalid_header' });
    expect(validateCustomHeaders({ a: 'v'.repeat(4095), b: 'v'.repeat(4095) }).ok).toBe(true);
    expect(validateCustomHeaders({ a: 'v'.repeat(4096), b: 'v'.repeat(4095) })).toMatchObject({
      code: 'invalid_header',
      message: 'Found 8193 bytes of custom headers; expected at most 8192.',
    });
  });

  it('are refused when two differ only in case', () => {
    expect(validateCustomHeaders({ 'X-A': '1', 'x-a': '2' })).toMatchObject({ ok: false, code: 'invalid_header' });
  });

  it('are refused with the reason of the first that is wrong, naming it', () => {
    expect(validateCustomHeaders({ ok: '1', Host: 'x' })).toMatchObject({ code: 'forbidden_header' });
    const refusal = validateCustomHeaders({ 'X-A': '\n' });
    expect(refusal).toMatchObject({ ok: false, code: 'invalid_header' });
    expect(messageOf(refusal)).toMatch(/^Header "x-a": Found/);
  });
});
