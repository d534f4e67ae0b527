import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a name resolves to. `addresses` may be IPv4 and IPv6; `alias` is a CNAME, followed within the same answer. */
export interface DnsRecord {
  readonly addresses?: readonly string[];
  readonly alias?: string;
  /** Default: 0, so that nobody may remember it. */
  readonly ttlSeconds?: number;
}

export interface DnsServer {
  /** As `dns.Resolver.setServers` takes it. */
  readonly address: string;
  /** The questions so far, as `A name` or `AAAA name`. */
  readonly questions: readonly string[];
  /** Answers for a name. With several records every question for its IPv4 addresses takes the next; the last one stays. */
  set(name: string, ...records: readonly DnsRecord[]): void;
  close(): Promise<void>;
}

const typeA = 1;
const typeCname = 5;
const typeAaaa = 28;
const classIn = 1;
const headerBytes = 12;
const noSuchName = 3;
/** A response, authoritative, recursion desired and available. */
const responseFlags = 0x8580;

/** A name server on a free loopback port that knows what it is told and nothing else (NXDOMAIN). UDP only. */
export async function startDnsServer(): Promise<DnsServer> {
  const zone = new Map<string, DnsRecord[]>();
  const questions: string[] = [];
  const current = (name: string, type: number): DnsRecord | undefined => {
    const records = zone.get(name);
    const [record] = records ?? [];
    if (type === typeA && records !== undefined && records.length > 1) records.shift();
    return record;
  };

  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    questions.push(`${type === typeAaaa ? 'AAAA' : 'A'} ${name}`);
    const answers: Buffer[] = [];
    let owner = name;
    let record = current(owner, type);
    const isKnown = record !== undefined;
    for (let hops = 0; record?.alias !== undefined && hops < 8; hops += 1) {
      answers.push(toResource(owner, typeCname, toLabels(record.alias), record));
      owner = record.alias;
      record = current(owner, type);
    }
    for (const found of record?.addresses ?? []) {
      const isIpv6 = found.includes(':');
      if (isIpv6 === (type === typeAaaa)) answers.push(toResource(owner, type, toBytes(found), record ?? {}));
    }
    const header = Buffer.alloc(headerBytes);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(responseFlags | (isKnown ? 0 : noSuchName), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([header, query.subarray(headerBytes, end), ...answers]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');

  return {
    address: `127.0.0.1:${String(socket.address().port)}`,
    questions,
    set: (name, ...records) => void zone.set(name, [...records]),
    async close() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let offset = headerBytes;
  for (let length = query[offset] ?? 0; length > 0; length = query[offset] ?? 0) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length));
    offset += length + 1;
  }
  // The root label, then type and class.
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(offset + 1), end: offset + 5 };
}

function toResource(owner: string, type: number, data: Buffer, { ttlSeconds = 0 }: DnsRecord): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(classIn, 2);
  fixed.writeUInt32BE(ttlSeconds, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([toLabels(owner), fixed, data]);
}

function toLabels(name: string): Buffer {
  const parts = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function toBytes(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const [left, right] = [words(head), words(tail)];
  const all = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}
