/** The egress guard against a real name server that changes its answers between check and use. */
import { Resolver as DnsResolver } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgressPolicy, createSender, type HttpSender, type Resolver } from '@postrider/delivery';
import { startDnsServer, type DnsServer } from '@postrider/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Stands for the public internet, which no test reaches: the one range that these policies open. */
const opened = '127.0.0.1';
const openedCidr = '127.0.0.1/32';

let dns: DnsServer;
let inside: Server;
let insideHits = 0;
let port: number;
let senders: HttpSender[];

beforeEach(async () => {
  dns = await startDnsServer();
  insideHits = 0;
  senders = [];
  // On all loopback addresses: what the policy does not open would answer if it were asked.
  inside = createServer((request, response) => {
    if (request.socket.localAddress !== opened) insideHits += 1;
    response.end('reached');
  }).listen(0, '0.0.0.0');
  await once(inside, 'listening');
  port = (inside.address() as AddressInfo).port;
});

afterEach(async () => {
  await Promise.all(senders.map((sender) => sender.close()));
  await dns.close();
  inside.closeAllConnections();
  inside.close();
});

/** Asks the name server of the test for both kinds of addresses, and remembers nothing. */
function resolveThrough(server: DnsServer): Resolver {
  const resolver = new DnsResolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([server.address]);
  return async (hostname) => {
    const [ipv4, ipv6] = await Promise.all([
      resolver.resolve4(hostname).catch(() => []),
      resolver.resolve6(hostname).catch(() => []),
    ]);
    return [
      ...ipv4.map((address) => ({ address, family: 4 as const })),
      ...ipv6.map((address) => ({ address, family: 6 as const })),
    ];
  };
}

function newSender(allowCidrs: readonly string[] = [openedCidr]): HttpSender {
  const sender = createSender({ policy: createEgressPolicy({ allowCidrs }), resolve: resolveThrough(dns) });
  senders.push(sender);
  return sender;
}

async function post(sender: HttpSender, name: string): Promise<string | number> {
  const url = `http://${name}:${String(port)}/`;
  const result = await sender.send({ url, headers: {}, body: Buffer.from('{}'), deadlineMs: 5_000 });
  return result.kind === 'response' ? result.statusCode : result.error;
}

/** Makes every request open a connection of its own. */
function closeAfterEachAnswer(): void {
  inside.prependListener('request', (_request, response) => void response.setHeader('connection', 'close'));
}

describe('rebinding', () => {
  it('is judged by the answer that the connection uses: first an allowed address, then a private one', async () => {
    closeAfterEachAnswer();
    dns.set('hooks.example.com', { addresses: [opened] }, { addresses: ['127.0.0.2'] });
    const sender = newSender();
    expect(await post(sender, 'hooks.example.com')).toBe(200);
    expect(await post(sender, 'hooks.example.com')).toBe('blocked_address');
    expect(insideHits).toBe(0);
  });

  it('asks once for each connection: there is no second answer that could differ from the one that was judged', async () => {
    closeAfterEachAnswer();
    dns.set('hooks.example.com', { addresses: [opened] });
    const sender = newSender();
    for (let n = 0; n < 3; n += 1) expect(await post(sender, 'hooks.example.com')).toBe(200);
    expect(dns.questions.filter((question) => question === 'A hooks.example.com')).toHaveLength(3);
  });
});

describe.each([
  ['a private address', ['10.0.0.5']],
  ['another loopback address', ['127.0.0.2']],
  ['metadata', ['169.254.169.254']],
  ['an allowed and a private address', [opened, '127.0.0.2']],
  ['a private and an allowed address', ['127.0.0.2', opened]],
  ['an allowed address and private IPv6', [opened, '::1']],
  ['an allowed address and mapped metadata', [opened, '::ffff:a9fe:a9fe']],
  ['many allowed addresses and one that is not', [...Array.from({ length: 8 }, () => opened), '192.168.0.1']],
])('a name with %s', (_what, addresses) => {
  it('is refused whole, before any connection', async () => {
    dns.set('hooks.example.com', { addresses });
    expect(await post(newSender(), 'hooks.example.com')).toBe('blocked_address');
    expect(insideHits).toBe(0);
  });

  it('is refused at the end of a chain of aliases, too', async () => {
    dns.set('hooks.example.com', { alias: 'edge.example.net' });
    dns.set('edge.example.net', { alias: 'origin.example.org' });
    dns.set('origin.example.org', { addresses });
    expect(await post(newSender(), 'hooks.example.com')).toBe('blocked_address');
    expect(insideHits).toBe(0);
  });
});

it('follows a chain of aliases to an allowed address', async () => {
  dns.set('hooks.example.com', { alias: 'edge.example.net' });
  dns.set('edge.example.net', { addresses: [opened], ttlSeconds: 60 });
  expect(await post(newSender(), 'hooks.example.com')).toBe(200);
});

it('tells a name that does not exist from one that is blocked', async () => {
  expect(await post(newSender(), 'nowhere.example.com')).toBe('dns_error');
});

describe('a change of policy', () => {
  it('reaches connections that were kept under the old one', async () => {
    dns.set('hooks.example.com', { addresses: [opened] });
    const sender = newSender();
    expect(await post(sender, 'hooks.example.com')).toBe(200);
    sender.replacePolicy(createEgressPolicy());
    expect(await post(sender, 'hooks.example.com')).toBe('blocked_address');
    sender.replacePolicy(createEgressPolicy({ allowCidrs: [openedCidr] }));
    expect(await post(sender, 'hooks.example.com')).toBe(200);
  });
});
