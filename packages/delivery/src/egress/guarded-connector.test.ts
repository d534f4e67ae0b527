import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgressPolicy, type EgressPolicy } from './egress-policy.js';
import { createGuardedConnector, type GuardedConnectorOptions } from './guarded-connector.js';
import type { Resolver } from './resolver.js';

const openToLoopback = createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] });
const toLoopback: Resolver = async () => [{ address: '127.0.0.1', family: 4 }];

describe('createGuardedConnector', () => {
  let server: Server;
  let port: number;
  let connections: number;
  let agents: Agent[];

  beforeEach(async () => {
    connections = 0;
    agents = [];
    server = createServer((_request, response) => response.end('reached'));
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterEach(async () => {
    await Promise.all(agents.map((agent) => agent.destroy()));
    await new Promise((resolve) => server.close(resolve));
  });

  function request(options: GuardedConnectorOptions) {
    const agent = new Agent({ connect: createGuardedConnector(options), connections: 1 });
    agents.push(agent);
    return async (origin: string): Promise<string> => {
      try {
        const response = await agent.request({ origin: `${origin}:${port}`, path: '/', method: 'POST', body: '{}' });
        return await response.body.text();
      } catch (error) {
        return (error as NodeJS.ErrnoException).code ?? String(error);
      }
    };
  }

  it('reaches an allowed address by literal and by name, and asks once for a connection that is kept', async () => {
    const asked: string[] = [];
    const resolve: Resolver = (hostname) => {
      asked.push(hostname);
      return toLoopback(hostname);
    };
    const get = request({ policy: openToLoopback, resolve });
    expect(await get('http://127.0.0.1')).toBe('reached');
    expect(await get('http://a.example.com.')).toBe('reached');
    expect(await get('http://a.example.com.')).toBe('reached');
    expect(asked).toEqual(['a.example.com']);
  });

  it.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://0x7f000001',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'https://127.0.0.1',
    'http://a.example.com',
    'https://a.example.com',
  ])('opens no connection to %s when loopback is not allowed', async (origin) => {
    expect(await request({ policy: createEgressPolicy(), resolve: toLoopback })(origin)).toBe('EGRESS_ADDRESS_BLOCKED');
    expect(connections).toBe(0);
  });

  it('opens no connection when one of several answers is not allowed', async () => {
    const resolve: Resolver = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.5', family: 4 },
    ];
    expect(await request({ policy: openToLoopback, resolve })('http://a.example.com')).toBe('EGRESS_ADDRESS_BLOCKED');
    expect(connections).toBe(0);
  });

  it('sends nothing to a peer that is not allowed, should lookup and literal check have been deceived', async () => {
    let asked = 0;
    const deceived: EgressPolicy = { ...openToLoopback, allowsAddress: () => (asked += 1) === 1 };
    let requests = 0;
    server.on('request', () => (requests += 1));
    expect(await request({ policy: deceived, resolve: toLoopback })('http://a.example.com')).toBe(
      'EGRESS_ADDRESS_BLOCKED',
    );
    expect(asked).toBe(2);
    expect(requests).toBe(0);
  });

  it('tells a name without address from a blocked one', async () => {
    const get = request({ policy: openToLoopback, resolve: async () => [] });
    expect(await get('http://a.example.com')).toBe('EGRESS_NAME_UNRESOLVED');
  });

  it('gives up connecting when name resolution never answers', async () => {
    const resolve: Resolver = () => new Promise(() => {});
    const get = request({ policy: openToLoopback, resolve, connectTimeoutMs: 100 });
    expect(await get('http://a.example.com')).toBe('UND_ERR_CONNECT_TIMEOUT');
  });
});
