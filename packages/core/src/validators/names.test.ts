import { describe, expect, it } from 'vitest';
import { validateChannel, validateEventId, validateEventTypeName, validateUid } from './names.js';

const uid = (value: unknown) => validateUid(value, 'app_');
const validators: [string, (value: unknown) => { readonly ok: boolean }][] = [
  ['uid', uid],
  ['event id', validateEventId],
  ['channel', validateChannel],
  ['event type', validateEventTypeName],
];

describe.each(validators)('%s', (_, validate) => {
  it.each([['a'], ['invoice.paid'], ['user_1-B.c'], ['a'.repeat(256)], ['0'], ['--'], ['ep_1']])(
    'accepts %j',
    (value) => {
      expect(validate(value)).toEqual({ ok: true, value });
    },
  );

  it.each([
    [''],
    ['a'.repeat(257)],
    ['a b'],
    ['é'],
    ['a/b'],
    ['*'],
    ['a\r\nb'],
    ['a\n'],
    ['%61'],
    [42],
    [null],
    [undefined],
    [['a']],
  ])('refuses %j', (value) => {
    expect(validate(value)).toMatchObject({ ok: false, code: 'validation' });
  });
});

describe('an event type', () => {
  it.each([['a..b'], ['.a'], ['a.'], ['.'], ['...']])('is not %j', (value) => {
    expect(validateEventTypeName(value)).toMatchObject({ ok: false, code: 'validation' });
    expect(validateChannel(value).ok).toBe(true);
    expect(uid(value).ok).toBe(true);
  });
});

describe('names that could be mistaken for ids', () => {
  it('are refused where the id could stand', () => {
    expect(validateUid('app_mine', 'app_')).toEqual({
      ok: false,
      code: 'validation',
      message:
        'Found "app_mine" as a uid; it must not begin with "app_", which marks ids that Postrider gives: choose another beginning.',
    });
    expect(validateUid('ep_mine', 'ep_').ok).toBe(false);
    expect(validateUid('app_mine', 'ep_').ok).toBe(true);
    expect(validateEventId('msg_1').ok).toBe(false);
  });
});

it('says what was found and expected, shortened to one line', () => {
  const refusal = validateChannel(`a\n${'b'.repeat(300)}`);
  const message = refusal.ok ? '' : refusal.message;
  expect(message).toMatch(/^Found "a\\nb{78}"… \(302 characters\) as a channel; expected 1 to 256 of [^\n]+$/);
});
