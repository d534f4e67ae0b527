import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook, type VerifyWebhookParams } from './verify-webhook.js';

const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const publicKey = 'whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=';
const body = '{"test": 2432232314}';
const now = new Date(1_614_265_330_000);
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const ed25519Signature = 'v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==';
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': signature,
};
const genuine: VerifyWebhookParams = { headers, body, key, now };
const verified = { verified: true, messageId: headers['webhook-id'], sentAt: now };
const refused = (reason: string) => ({ verified: false, reason });
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe('verifyWebhook', () => {
  it.each<[string, Partial<VerifyWebhookParams>]>([
    ['text', {}],
    ['bytes', { body: Buffer.from(body) }],
    [
      'header names in any case',
      { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])) },
    ],
    [
      'svix names',
      {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.replace('webhook', 'svix'), value]),
        ),
      },
    ],
    ['another signature before', { headers: { ...headers, 'webhook-signature': `v1,AAAA ${signature}` } }],
    ['an unknown scheme beside', { headers: { ...headers, 'webhook-signature': `v2,zzzz ${signature} v1` } }],
    ['double spaces', { headers: { ...headers, 'webhook-signature': `v1,AAAA  ${signature}` } }],
    ['headers merged by a proxy', { headers: { ...headers, 'webhook-signature': `v1,AAAA, ${signature}` } }],
    ['a repeated header', { headers: { ...headers, 'webhook-signature': ['v1,AAAA', signature] } }],
    [
      'an ed25519 signature',
      { key: publicKey, headers: { ...headers, 'webhook-signature': `v1,AAAA ${ed25519Signature}` } },
    ],
    ['the oldest allowed', { now: later(300) }],
    ['the newest allowed', { now: later(-300) }],
  ])('accepts %s', (_what, change) => {
    expect(verifyWebhook({ ...genuine, ...change })).toEqual(verified);
  });

  it.each<[string, string, Partial<VerifyWebhookParams>]>([
    ['a missing id', 'missing_header', { headers: { ...headers, 'webhook-id': undefined } }],
    ['a missing timestamp', 'missing_header', { headers: { ...headers, 'webhook-timestamp': undefined } }],
    ['a missing signature', 'missing_header', { headers: { ...headers, 'webhook-signature': '' } }],
    ['a timestamp with a tail', 'invalid_timestamp', { headers: { ...headers, 'webhook-timestamp': '1614265330abc' } }],
    ['a timestamp with a sign', 'invalid_timestamp', { headers: { ...headers, 'webhook-timestamp': '+1614265330' } }],
    [
      'a timestamp of 13 digits',
      'invalid_timestamp',
      { headers: { ...headers, 'webhook-timestamp': '1614265330000' } },
    ],
    ['an old timestamp', 'too_old', { now: later(301) }],
    ['a new timestamp', 'too_new', { now: later(-301) }],
    ['an old timestamp by a chosen tolerance', 'too_old', { now: later(6), toleranceSeconds: 5 }],
    ['another body', 'no_matching_signature', { body: '{"test":2432232314}' }],
    ['another id', 'no_matching_signature', { headers: { ...headers, 'webhook-id': 'msg_x' } }],
    ['a partial signature', 'no_matching_signature', { headers: { ...headers, 'webhook-signature': 'v1,' } }],
    [
      'half a signature',
      'no_matching_signature',
      { headers: { ...headers, 'webhook-signature': signature.slice(0, 20) } },
    ],
    [
      'a signature without scheme',
      'no_matching_signature',
      { headers: { ...headers, 'webhook-signature': signature.slice(3) } },
    ],
    [
      'only signatures of the other scheme',
      'no_matching_signature',
      { headers: { ...headers, 'webhook-signature': ed25519Signature } },
    ],
    ['an HMAC signature for a public key', 'no_matching_signature', { key: publicKey }],
    [
      'the genuine entry after 20 others',
      'no_matching_signature',
      { headers: { ...headers, 'webhook-signature': `${'v1,AAAA '.repeat(20)}${signature}` } },
    ],
  ])('refuses %s as %s', (_what, reason, change) => {
    expect(verifyWebhook({ ...genuine, ...change })).toEqual(refused(reason));
  });

  it.each(['', 'whsec_', 'whsec_c2hvcnQ=', 'secret', 'whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk='])(
    'throws for the key %j, which is the fault of the receiver',
    (wrongKey) => {
      const attempt = () => verifyWebhook({ ...genuine, key: wrongKey });
      expect(attempt).toThrow(expect.objectContaining({ code: 'SIGNING_SECRET_INVALID' }));
    },
  );

  it('accepts what the standardwebhooks library signs', () => {
    const signatureOfLibrary = new Webhook(key).sign('msg_1', now, body);
    const params = {
      ...genuine,
      headers: { ...headers, 'webhook-id': 'msg_1', 'webhook-signature': signatureOfLibrary },
    };
    expect(verifyWebhook(params)).toEqual({ ...verified, messageId: 'msg_1' });
  });
});
