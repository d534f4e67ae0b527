/** URLs that customers name are only ever reached through the egress guard. */
import { describe, expect, it } from 'vitest';
import { scanRepository } from './repository.ts';

/** Where sockets to such URLs are opened. Drivers of databases and collectors go where the operator says. */
const guarded = /^packages\/delivery\/src\/(?:egress|sender)\//;
const shipped = /^(?:packages|plugins|apps)\/[^/]+\/src\/(?!.*(?:\.test\.|\/?testing\/))/;

const opensConnections = [
  /from 'undici'/,
  /import\('(?:undici|node:https?|node:http2|node:net|node:tls|node:dgram)'\)/,
  /import (?:\w+|\* as \w+) from 'node:(?:https?|http2|net|tls|dgram)'/,
  /import \{[^}]*\b(?:request|get|connect|createConnection|createSocket|Agent|Socket)\b[^}]*\} from 'node:(?:https?|http2|net|tls|dgram)'/,
  /(?<![.\w])fetch\(/,
  /\bnew (?:WebSocket|EventSource)\(/,
  /from '(?:axios|got|node-fetch|ky|superagent|needle|ws)'/,
];

function opens(text: string): boolean {
  // What is imported as a type alone opens nothing.
  const code = text.replaceAll(/import type [^;]+;/g, '').replaceAll(/^\s*(?:\*|\/\/).*$/gm, '');
  return opensConnections.some((pattern) => pattern.test(code));
}

it('opens outbound connections in the sender and its guard, and nowhere else', () => {
  const units = scanRepository().filter(({ path }) => shipped.test(path));
  const opening = units.filter(({ text }) => opens(text)).map(({ path }) => path);
  expect(opening.filter((path) => !guarded.test(path))).toEqual([]);
  expect(opening).toContain('packages/delivery/src/sender/http-sender.ts');
});

describe('what opens a connection', () => {
  it.each([
    `import { request } from 'node:http';`,
    `import { createServer, request as ask } from 'node:https';`,
    `import http from 'node:http';`,
    `import * as net from 'node:net';`,
    `import { connect } from 'node:tls';`,
    `import { Agent } from 'undici';`,
    `const { request } = await import('node:http');`,
    `await fetch(url)`,
    `new WebSocket(url)`,
    `import axios from 'axios';`,
  ])('%s', (text) => {
    expect(opens(text)).toBe(true);
  });

  it.each([
    `import { createServer, type Server } from 'node:http';`,
    `import type { Socket } from 'node:net';`,
    `import { isIP } from 'node:net';`,
    `await cache.fetch(key)`,
    `// fetch(url) would not do`,
  ])('is not %s', (text) => {
    expect(opens(text)).toBe(false);
  });
});
