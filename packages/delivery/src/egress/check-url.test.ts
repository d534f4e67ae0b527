import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkUrl } from './check-url.js';
import { createEgressPolicy } from './egress-policy.js';

/** `OK`: a literal that is allowed; `OK_DNS`: a name, whose addresses are judged when connecting. */
type UrlCase = readonly [url: string, expected: string, why: string];

const cases = JSON.parse(readFileSync(new URL('check-url.cases.json', import.meta.url), 'utf8')) as UrlCase[];
const closed = createEgressPolicy();
const codeOf = (url: unknown, policy = closed): string => {
  const checked = checkUrl(url, policy);
  return checked.ok ? 'OK' : checked.code;
};

describe('checkUrl', () => {
  it.each(cases)('%j is %s: %s', (url, expected) => {
    expect(codeOf(url)).toBe(expected.replace('OK_DNS', 'OK'));
  });

  it.each([undefined, null, 1, {}, ['https://hooks.example.com/']])('%j is E_SYNTAX: no text', (value) => {
    expect(codeOf(value)).toBe('E_SYNTAX');
  });

  it('gives back what will be requested, with no credentials and no fragment', () => {
    expect(checkUrl('HTTPS://Hooks.Example.COM./Path?a=b#c', closed)).toEqual({
      ok: true,
      url: 'https://hooks.example.com./Path?a=b',
      host: 'hooks.example.com',
    });
  });

  it('says the same of every address that is not allowed', () => {
    const answers = ['http://10.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/x'].map((url) =>
      checkUrl(url, closed),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('opens chosen ranges and no others', () => {
    const policy = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
    expect(codeOf('http://127.0.0.1:8080/', policy)).toBe('OK');
    expect(codeOf('http://0x7f.1:8080/', policy)).toBe('OK');
    expect(codeOf('http://[::ffff:127.0.0.1]/', policy)).toBe('OK');
    expect(codeOf('http://10.0.0.1/', policy)).toBe('E_ADDR');
    expect(codeOf('http://[::1]/', policy)).toBe('E_ADDR');
    expect(codeOf('http://169.254.169.254/', policy)).toBe('E_ADDR');
  });

  it.each([
    [['127.0.0.0/8'], 'OK'],
    [['127.0.0.1/32'], 'OK'],
    [['::1/128'], 'OK'],
    [['127.0.0.2/32', '10.0.0.0/8'], 'E_HOST'],
    [[], 'E_HOST'],
  ])('with %j opened, localhost is %s, and other local names are not allowed', (allowCidrs, expected) => {
    const policy = createEgressPolicy({ allowCidrs });
    expect(codeOf('http://localhost:8080/', policy)).toBe(expected);
    expect(codeOf('http://LOCALHOST./', policy)).toBe(expected);
    expect(codeOf('http://a.localhost/', policy)).toBe('E_HOST');
    expect(codeOf('http://redis/', policy)).toBe('E_HOST');
  });

  it('allows further names, ports and schemes as told', () => {
    const policy = createEgressPolicy({
      allowHosts: ['receiver', '.svc'],
      allowPorts: [443, 6379],
      requireHttps: true,
    });
    expect(codeOf('https://receiver/', policy)).toBe('OK');
    expect(codeOf('https://hooks.default.svc:6379/', policy)).toBe('OK');
    expect(codeOf('https://redis/', policy)).toBe('E_HOST');
    expect(codeOf('https://receiver:8443/', policy)).toBe('E_PORT');
    expect(codeOf('http://receiver:443/', policy)).toBe('E_SCHEME');
  });
});
