import { describe, expect, it } from 'vitest';
import { parseJsonBody } from './parse-json-body.js';
import { RawJson } from './raw-json.js';

const none = new Set<string>();

describe('parseJsonBody', () => {
  it.each([
    ['an open brace', Buffer.from('{')],
    ['nothing', Buffer.from('')],
    ['trailing garbage', Buffer.from('{}x')],
    ['a byte order mark', Buffer.from('\uFEFF{}')],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['a repeated key', Buffer.from('{"a":1,"a":2}')],
    ['a prototype key', Buffer.from('{"__proto__":{}}')],
    ['NaN', Buffer.from('{"a":NaN}')],
  ])('calls %s malformed', (_, bytes) => {
    expect(parseJsonBody(bytes, none).outcome).toBe('malformed');
  });

  it('keeps raw members as they were sent', () => {
    const result = parseJsonBody(
      Buffer.from('{"n":1, "payload" : {"b":1e400, "a":"\\u0000", "a":2} }'),
      new Set(['payload']),
    );
    expect(result).toEqual({
      outcome: 'parsed',
      value: { n: 1, payload: new RawJson('{"b":1e400, "a":"\\u0000", "a":2}') },
    });
  });

  it('does not repeat the body in what it says about it', () => {
    const result = parseJsonBody(Buffer.from('{"secret": whsec_abc}'), none);
    expect(JSON.stringify(result)).not.toContain('whsec_abc');
  });
});
