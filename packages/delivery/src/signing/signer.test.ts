import type { EndpointSecret } from '@postrider/core';
import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSigner } from './signer.js';
import { createWebhookHeaders } from './webhook-headers.js';

const createdAt = new Date('2021-02-25T00:00:00Z');
const vector = {
  messageId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  sentAt: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
};
const hmacSecret = (key: string, expiresAt?: Date): EndpointSecret => ({ scheme: 'v1', key, createdAt, expiresAt });

const T1_KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const T1_SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const T2_KEY = 'whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=';
const T2_SIGNATURE = 'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==';
const T3_KEY = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const T3_SIGNATURE = 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';

describe('createSigner', () => {
  it.each([
    ['T1', hmacSecret(T1_KEY), T1_SIGNATURE],
    ['T2', { scheme: 'v1a', key: T2_KEY, createdAt } as const, T2_SIGNATURE],
    ['T3', { scheme: 'v1a', key: T3_KEY, createdAt } as const, T3_SIGNATURE],
  ])('reproduces the published vector %s from text and from bytes', (_name, secret, signature) => {
    const signer = createSigner([secret]);
    expect(signer.sign(vector)).toBe(signature);
    expect(signer.sign({ ...vector, body: Buffer.from(vector.body) })).toBe(signature);
  });

  it('T4: signs another body differently', () => {
    expect(createSigner([hmacSecret(T1_KEY)]).sign({ ...vector, body: '{"test":2432232314}' })).not.toBe(T1_SIGNATURE);
  });

  it('puts v1 before v1a and the current secret before the replaced ones, the last replaced first', () => {
    const keys = [1, 2, 3].map((fill) => `whsec_${Buffer.alloc(24, fill).toString('base64')}`);
    const [oldest = '', older = '', current = ''] = keys;
    const inOneHour = new Date(vector.sentAt.getTime() + 3_600_000);
    const inTwoHours = new Date(vector.sentAt.getTime() + 7_200_000);
    const signer = createSigner([
      { scheme: 'v1a', key: T2_KEY, createdAt },
      hmacSecret(oldest, inOneHour),
      hmacSecret(current),
      hmacSecret(older, inTwoHours),
    ]);
    const alone = [current, older, oldest].map((key) => createSigner([hmacSecret(key)]).sign(vector));
    expect(signer.sign(vector)).toBe([...alone, T2_SIGNATURE].join(' '));
  });

  it('signs with a replaced secret until the millisecond before it expires', () => {
    const expiresAt = new Date(vector.sentAt.getTime() + 60_000);
    const current = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
    const signer = createSigner([hmacSecret(T1_KEY, expiresAt), hmacSecret(current)]);
    const schemesAt = (atMs: number): number => signer.sign({ ...vector, sentAt: new Date(atMs) }).split(' ').length;
    expect(schemesAt(expiresAt.getTime() - 1)).toBe(2);
    expect(schemesAt(expiresAt.getTime())).toBe(1);
    expect(schemesAt(expiresAt.getTime() + 1)).toBe(1);
  });

  it('refuses to send unsigned', () => {
    const expired = createSigner([hmacSecret(T1_KEY, vector.sentAt)]);
    expect(() => expired.sign(vector)).toThrow(expect.objectContaining({ code: 'SIGNING_NO_LIVE_SECRET' }));
    expect(() => createSigner([]).sign(vector)).toThrow(expect.objectContaining({ code: 'SIGNING_NO_LIVE_SECRET' }));
  });

  it('refuses broken stored secrets without repeating them', () => {
    const broken = [hmacSecret('whsec_c2hvcnQ='), { scheme: 'v1', key: T2_KEY, createdAt } as const];
    for (const secret of broken) {
      expect(() => createSigner([secret])).toThrow(expect.objectContaining({ code: 'SIGNING_SECRET_INVALID' }));
      expect(() => createSigner([secret])).not.toThrow(secret.key.slice(6));
    }
  });
});

describe('webhook headers', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: vector.sentAt });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('carry the id, the whole seconds and the signature; aliases only when asked for', () => {
    const params = {
      ...vector,
      sentAt: new Date(vector.sentAt.getTime() + 999),
      signer: createSigner([hmacSecret(T1_KEY)]),
    };
    const standard = {
      'webhook-id': vector.messageId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': T1_SIGNATURE,
    };
    expect(createWebhookHeaders(params)).toEqual(standard);
    expect(createWebhookHeaders({ ...params, svixAliases: true })).toEqual({
      ...standard,
      'svix-id': vector.messageId,
      'svix-timestamp': '1614265330',
      'svix-signature': T1_SIGNATURE,
    });
  });

  // Any text, NUL and astral characters included; receivers' libraries refuse an empty body, which is never sent.
  const bodies = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
  const keys = fc.uniqueArray(
    fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
    { minLength: 2, maxLength: 6 },
  );

  it('verify in the standardwebhooks and svix libraries with each live secret and with no other', () => {
    fc.assert(
      fc.property(bodies, keys, fc.nat(), fc.boolean(), (body, [stranger = '', ...own], rotations, asBytes) => {
        // The last secrets of `own` have expired, the first is current, those between are in their overlap.
        const expiredFrom = 1 + (rotations % own.length);
        const secrets = own.map((key, index) => {
          if (index === 0) return hmacSecret(key);
          return hmacSecret(key, new Date(vector.sentAt.getTime() + (index < expiredFrom ? 1 + index : -index)));
        });
        const signer = createSigner(secrets);
        const sent = asBytes ? Buffer.from(body) : body;
        const headers = createWebhookHeaders({ ...vector, body: sent, signer, svixAliases: true });
        const received = Buffer.from(body);
        const accepts = (key: string): boolean[] =>
          [StandardWebhook, SvixWebhook].map((Webhook) => {
            try {
              new Webhook(key).verify(received, headers, { jsonParse: false });
              return true;
            } catch {
              return false;
            }
          });
        expect(headers['webhook-signature']?.split(' ')).toHaveLength(expiredFrom);
        for (const [index, key] of own.entries()) {
          const isLive = index < expiredFrom;
          expect(accepts(key)).toEqual([isLive, isLive]);
        }
        expect(accepts(stranger)).toEqual([false, false]);
      }),
    );
  });

  it('verify for a body of 1 MiB', () => {
    const body = JSON.stringify({ data: 'é'.repeat(524_000) });
    const headers = createWebhookHeaders({ ...vector, body, signer: createSigner([hmacSecret(T1_KEY)]) });
    expect(new StandardWebhook(T1_KEY).verify(Buffer.from(body), headers)).toEqual(JSON.parse(body));
  });
});
