import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxUrlLength, parseEndpointUrl } from './endpoint-url.js';

describe('refused', () => {
  it.each([
    // Not a URL as a reviewer reads it; most of these the WHATWG parser would repair.
    ['E_SYNTAX', 'http:\\\\127.0.0.1/', 'backslashes'],
    ['E_SYNTAX', 'http://hooks.example.com\\@127.0.0.1/', 'a backslash before the host'],
    ['E_SYNTAX', 'http:/127.0.0.1/', 'one slash'],
    ['E_SYNTAX', 'http:127.0.0.1/', 'no slash'],
    ['E_SYNTAX', 'http:///127.0.0.1/', 'three slashes'],
    ['E_SYNTAX', 'https:?x', 'no authority'],
    ['E_SYNTAX', '//127.0.0.1/', 'no scheme, with slashes'],
    ['E_SYNTAX', '127.0.0.1:80', 'no scheme, with a port'],
    ['E_SYNTAX', '/hook', 'a path'],
    ['E_SYNTAX', ' https://hooks.example.com/', 'a space before'],
    ['E_SYNTAX', 'https://hooks.example.com/ ', 'a space behind'],
    ['E_SYNTAX', 'https://hooks.example.com/a b', 'a space inside'],
    ['E_SYNTAX', 'http://hooks.ex\tample.com/', 'a tab in the host'],
    ['E_SYNTAX', 'ht\ntp://hooks.example.com/', 'a line break in the scheme'],
    ['E_SYNTAX', 'http://hooks.example.com/\r\nX-Injected: 1', 'CRLF'],
    ['E_SYNTAX', 'http://hooks.example.com/\u0000', 'NUL'],
    ['E_SYNTAX', 'http://hooks.example.com/\u007F', 'DEL'],
    ['E_SYNTAX', 'http://hooks.example.com/\u2028', 'a line separator'],
    ['E_SYNTAX', 'http://hooks.example.com/\uD800', 'half a character'],
    ['E_SYNTAX', 'http://127.0.0.1%00.example.com/', 'an encoded NUL in the host'],
    ['E_SYNTAX', 'http://[fe80::1%eth0]/', 'a zone id'],
    ['E_SYNTAX', 'http://[fe80::1%25eth0]/', 'an encoded zone id'],
    ['E_SYNTAX', 'http://[::1', 'an open bracket'],
    ['E_SYNTAX', 'http://hooks.example.com:65536/', 'a port out of range'],
    ['E_SYNTAX', 'http://hooks.example.com:8o/', 'a port with a letter'],
    ['E_SYNTAX', '', 'nothing'],
    ['E_SYNTAX', 'http://', 'no host'],
    ['E_SYNTAX', 'http://:80/', 'a port without a host'],
    ['E_SYNTAX', 'http://.', 'only a dot'],
    ['E_SYNTAX', 'http://..', 'only dots'],
    ['E_SYNTAX', 'http://.hooks.example.com/', 'an empty first label'],
    ['E_SYNTAX', 'http://a..b.example.com/', 'an empty label'],
    ['E_SYNTAX', 'http://hooks.example.com../', 'two final dots'],
    ['E_SYNTAX', `http://${'a'.repeat(64)}.example.com/`, 'a label of 64 characters'],
    ['E_SYNTAX', `http://${'a.'.repeat(127)}com/`, 'a name of 257 characters'],
    ['E_SYNTAX', 'http://-a.example.com/', 'a label that begins with a hyphen'],
    ['E_SYNTAX', 'http://a,b.example.com/', 'a comma in the host'],
    ['E_SYNTAX', 'http://*.example.com/', 'a wildcard'],
    ['E_SYNTAX', 'http://256.256.256.256/', 'an address out of range'],
    ['E_SYNTAX', 'http://1.2.3.4.5/', 'an address of five numbers'],
    ['E_SYNTAX', 'http://xn--/', 'broken punycode'],

    ['E_SCHEME', 'file:///etc/passwd', 'files'],
    ['E_SCHEME', 'gopher://127.0.0.1:6379/_FLUSHALL', 'gopher'],
    ['E_SCHEME', 'ftp://hooks.example.com/', 'ftp'],
    ['E_SCHEME', 'ws://hooks.example.com/', 'web sockets'],
    ['E_SCHEME', 'data:text/plain,hi', 'data'],
    ['E_SCHEME', 'javascript:alert(1)', 'scripts'],
    ['E_SCHEME', 'blob:https://hooks.example.com/x', 'blobs'],
    ['E_SCHEME', 'unix:/var/run/docker.sock', 'unix sockets'],
    ['E_SCHEME', 'hooks.example.com:443/path', 'a host in the place of the scheme'],

    ['E_USERINFO', 'http://user:pass@hooks.example.com/', 'credentials'],
    ['E_USERINFO', 'http://hooks.example.com@127.0.0.1/', 'a host that is none'],
    ['E_USERINFO', 'http://hooks.example.com:80@127.0.0.1/', 'a host and port that are none'],
    ['E_USERINFO', 'http://@hooks.example.com/', 'empty credentials'],
    ['E_USERINFO', 'http://a@b@hooks.example.com/', 'two signs'],

    ['E_PORT', 'http://hooks.example.com:0/', 'nothing'],
    ['E_PORT', 'http://hooks.example.com:22/', 'ssh'],
    ['E_PORT', 'http://hooks.example.com:25/', 'smtp'],
    ['E_PORT', 'http://hooks.example.com:0025/', 'smtp with leading zeros'],
    ['E_PORT', 'http://hooks.example.com:445/', 'smb'],
    ['E_PORT', 'http://hooks.example.com:5432/', 'PostgreSQL'],
    ['E_PORT', 'http://hooks.example.com:6379/', 'Redis'],
    ['E_PORT', 'http://hooks.example.com:4222/', 'NATS'],
    ['E_PORT', 'http://hooks.example.com:2375/', 'Docker'],
    ['E_PORT', 'http://hooks.example.com:11211/', 'memcached'],

    ['E_HOST', 'http://localhost/', 'this machine'],
    ['E_HOST', 'http://LOCALHOST/', 'this machine in capitals'],
    ['E_HOST', 'http://localhost./', 'this machine with a final dot'],
    ['E_HOST', 'http://a.localhost/', 'below this machine'],
    ['E_HOST', 'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'this machine in circles'],
    ['E_HOST', 'http://local\u00ADhost/', 'this machine with a soft hyphen'],
    ['E_HOST', 'http://%6c%6f%63%61%6c%68%6f%73%74/', 'this machine percent-encoded'],
    ['E_HOST', 'http://ip6-localhost/', 'this machine by its IPv6 name'],
    ['E_HOST', 'http://metadata/', 'one label'],
    ['E_HOST', 'http://intranet/', 'a name that search domains complete'],
    ['E_HOST', 'http://metadata.google.internal/', 'cloud metadata'],
    ['E_HOST', 'http://printer.local/', 'multicast DNS'],
    ['E_HOST', 'http://kubernetes.default.svc/', 'a cluster service'],
    ['E_HOST', 'http://api.default.svc.cluster.local/', 'a cluster service by its full name'],
    ['E_HOST', 'http://router.home.arpa/', 'a home network'],
  ])('%s %j: %s', (code, url) => {
    expect(parseEndpointUrl(url)).toMatchObject({ ok: false, code });
  });

  it.each([[undefined], [null], [42], [{}], [['https://hooks.example.com/']]])('what is no text: %j', (value) => {
    expect(parseEndpointUrl(value)).toMatchObject({ ok: false, code: 'E_SYNTAX' });
  });

  it('what is too long, before or after normalisation', () => {
    const start = 'https://hooks.example.com/';
    const longest = start + 'a'.repeat(maxUrlLength - start.length);
    expect(parseEndpointUrl(longest).ok).toBe(true);
    expect(parseEndpointUrl(`${longest}a`)).toMatchObject({ ok: false, code: 'E_SYNTAX' });
    expect(parseEndpointUrl(start + 'é'.repeat(1000))).toMatchObject({ ok: false, code: 'E_SYNTAX' });
  });
});

describe('accepted', () => {
  it.each([
    ['https://hooks.example.com/hook?a=b', 'https://hooks.example.com/hook?a=b', 'hooks.example.com'],
    ['HTTPS://HOOKS.EXAMPLE.COM/Path', 'https://hooks.example.com/Path', 'hooks.example.com'],
    ['https://hooks.example.com', 'https://hooks.example.com/', 'hooks.example.com'],
    ['https://hooks.example.com:443/', 'https://hooks.example.com/', 'hooks.example.com'],
    ['http://hooks.example.com:8080/', 'http://hooks.example.com:8080/', 'hooks.example.com'],
    ['https://hooks.example.com./', 'https://hooks.example.com./', 'hooks.example.com'],
    ['https://hooks.example.com/a@b?c=d@e', 'https://hooks.example.com/a@b?c=d@e', 'hooks.example.com'],
    ['https://hooks.example.com/x#secret', 'https://hooks.example.com/x', 'hooks.example.com'],
    ['https://my_service.example.com/', 'https://my_service.example.com/', 'my_service.example.com'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/', 'xn--bcher-kva.example'],
    // Encoded line breaks stay encoded.
    [
      'http://hooks.example.com/%0d%0aX-Injected:%201',
      'http://hooks.example.com/%0d%0aX-Injected:%201',
      'hooks.example.com',
    ],
    // Names that only look local.
    ['https://localhost.example.com/', 'https://localhost.example.com/', 'localhost.example.com'],
    ['https://mylocalhost.com/', 'https://mylocalhost.com/', 'mylocalhost.com'],
    // Addresses are for the egress guard: here they only lose their disguise.
    ['http://127.1/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://127.0.0.1./', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://0x7f000001/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://0177.0.0.1/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://3232235521/', 'http://192.168.0.1/', '192.168.0.1'],
    ['http://①②⑦.⓪.⓪.①/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://１２７.０.０.１/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://127。0。0。1/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://%31%32%37.0.0.1/', 'http://127.0.0.1/', '127.0.0.1'],
    ['http://[::FFFF:127.0.0.1]/', 'http://[::ffff:7f00:1]/', '::ffff:7f00:1'],
    ['http://[2606:4700:4700::1111]:8443/', 'http://[2606:4700:4700::1111]:8443/', '2606:4700:4700::1111'],
  ])('%j', (raw, url, host) => {
    expect(parseEndpointUrl(raw)).toEqual({ ok: true, url, host });
  });
});

describe('policy', () => {
  it('opens named hosts, alone or with what is below them', () => {
    const allowHosts = ['localhost', '.svc'];
    expect(parseEndpointUrl('http://LOCALHOST.:8080/', { allowHosts }).ok).toBe(true);
    expect(parseEndpointUrl('http://api.default.svc/', { allowHosts }).ok).toBe(true);
    expect(parseEndpointUrl('http://a.localhost/', { allowHosts })).toMatchObject({ code: 'E_HOST' });
    expect(parseEndpointUrl('http://intranet/', { allowHosts })).toMatchObject({ code: 'E_HOST' });
  });

  it('can be limited to listed ports, default ports included', () => {
    const allowPorts = [443, 6379];
    expect(parseEndpointUrl('https://hooks.example.com/', { allowPorts }).ok).toBe(true);
    expect(parseEndpointUrl('http://hooks.example.com:6379/', { allowPorts }).ok).toBe(true);
    expect(parseEndpointUrl('http://hooks.example.com/', { allowPorts })).toMatchObject({ code: 'E_PORT' });
  });

  it('can require HTTPS', () => {
    const refusal = parseEndpointUrl('http://hooks.example.com/', { requireHttps: true });
    expect(refusal).toEqual({ ok: false, code: 'E_SCHEME', message: 'Found the scheme "http"; expected https.' });
    expect(parseEndpointUrl('https://hooks.example.com/', { requireHttps: true }).ok).toBe(true);
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom('http', 'https', ':', '/', '//', '\\', '@', '#', '?', '.', '%', '[', ']', '127.0.0.1', '\t', ' '),
    fc.constantFrom('localhost', 'hooks.example.com', '%2e', '%40', '。', '⁄', '0x7f.1', ':8080', ':22', '::1'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `https://${pieces.join('')}`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );

  it('either is refused, or is a URL whose host is what every parser finds', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const parsed = parseEndpointUrl(raw);
        fc.pre(parsed.ok);
        const url = new URL(parsed.url);
        expect(['http:', 'https:']).toContain(url.protocol);
        expect(url.username + url.password + url.hash).toBe('');
        expect(parsed.url).toMatch(/^https?:\/\/[^/@\\\s]+\/\S*$/);
        expect(url.hostname.replaceAll(/^\[|\]$|\.$/g, '')).toBe(parsed.host);
        // Normalising again changes nothing.
        expect(parseEndpointUrl(parsed.url)).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });
});
