/** What was published is what arrives and what is signed: the bytes of `payload`, whatever a JSON parser makes of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { createApplication, readSecret } from './support/api.js';
import { startReceiver, type Receiver } from './support/receiver.js';
import { startServer, type RunningServer } from './support/server.js';
import { storageKinds, type StorageUnderTest } from './support/storages.js';

/** JSON texts that change when they are read and written anew, or that a store may not be able to keep. */
const payloads: Readonly<Record<string, string>> = {
  'big integers': '{"id":12345678901234567890,"digits":123456789012345678901234567890,"max":9007199254740993}',
  'numbers beyond doubles and their spellings':
    '[1e400,-1E+400,1e-400,1.0,1.10,-0,-0.0,1E2,0.1000000000000000055511151231257827]',
  'duplicate keys': '{"a":1,"a":2,"b":{"c":1,"c":{"c":2},"c":3}}',
  'order of keys': '{"b":1,"a":2,"10":3,"9":4,"2":5,"":6}',
  'unicode as it stands': '{"text":"ünï-漢字-😀-\u2028\u2029-\u007F-e\u0301","ключ":"é"}',
  'unicode in escapes': '{"text":"\\u00fc\\u6F22\\ud83d\\uDE00\\u2028","\\u0061":1,"a\\/b":"\\/"}',
  'NUL and control characters in escapes': '{"nul":"a\\u0000b","\\u0000":"\\b\\f\\n\\r\\t\\u001f"}',
  'halves of surrogate pairs in escapes': '{"high":"\\ud800","low":"\\udc00x"}',
  'white space': '{ "a" :\t1 ,\r\n  "b" : [ ] , "c":{ } }',
  'names that programs give a meaning': '{"__proto__":{"x":1},"constructor":{"prototype":{}},"payload":{"payload":1}}',
  'what looks like the end of it': '{"text":"}],\\"payload\\":\\"{\\\\\\"","eventType":"other.event"}',
  'a text alone': '"\\u0022 \\\\ \\u0000"',
  'a number alone': '-0.10e+01',
  nothing: 'null',
};

describe.each(storageKinds)('the bytes of payloads on $name', (kind) => {
  describe.skipIf(!kind.available)('with the real server', () => {
    let storage: StorageUnderTest;
    let server: RunningServer;
    let receiver: Receiver;
    let applicationId: string;
    let secret: string;

    beforeAll(async () => {
      storage = await kind.create();
      server = await startServer(storage.environment);
      receiver = await startReceiver();
      const created = await createApplication(server, [`${receiver.url}/bytes`]);
      ({ applicationId } = created);
      secret = await readSecret(server, { applicationId, endpointId: created.endpointIds[0] ?? '' });
    });
    afterAll(async () => {
      await server.stop();
      await receiver.close();
      await storage.drop();
    });

    const call = (path: string, body?: string) =>
      fetch(`${server.url}/api/v1/app/${applicationId}${path}`, {
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { method: 'POST', body }),
      });

    it.each(Object.entries(payloads))('%s', async (_name, payload) => {
      const answer = await call('/msg', `{ "payload" :${payload} , "eventType":"bytes.sent"}`);
      const shown = await answer.text();
      expect({ status: answer.status, shown }).toMatchObject({ status: 202 });
      const { id } = JSON.parse(shown) as { id: string };
      const ofMessage = () => receiver.requests.filter(({ webhookId }) => webhookId === id);
      await receiver.waitFor(() => ofMessage().length > 0);

      const [received] = ofMessage();
      expect(received?.bytes.toString('hex')).toBe(Buffer.from(payload, 'utf8').toString('hex'));
      expect(received?.headers['content-length']).toBe(String(Buffer.byteLength(payload)));
      const headers = received?.headers as Record<string, string>;
      expect(() => new Webhook(secret).verify(received?.bytes ?? '', headers)).not.toThrow();
      // The API shows them unchanged too, at once and later.
      expect(shown).toContain(`"payload":${payload}}`);
      expect(await (await call(`/msg/${id}`)).text()).toContain(`"payload":${payload}}`);
    });
  });
});
