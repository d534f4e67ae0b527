import { lookup } from 'node:dns/promises';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createEgressPolicy, createSender } from '@postrider/delivery';
import type { ServerConfig } from '../config/server-config.js';
import type { Finding } from './finding.js';

const littleSpaceBytes = 1024 ** 3;
const resolveTimeoutMs = 5_000;
const egressTimeoutMs = 10_000;

/** Whether names are resolved: without that no endpoint is reached. */
export async function checkNames(name: string): Promise<readonly Finding[]> {
  const startedMs = performance.now();
  try {
    const addresses = await Promise.race([lookup(name, { all: true }), giveUp()]);
    const tookMs = Math.round(performance.now() - startedMs);
    return [{ check: 'dns', level: 'fine', found: `${name} has ${addresses.length} addresses (${tookMs} ms).` }];
  } catch (error) {
    return [
      {
        check: 'dns',
        level: 'problem',
        found: `${name} cannot be resolved: ${error instanceof Error ? error.message : String(error)}.`,
        next: 'Check /etc/resolv.conf of this machine or container, and that it may reach its name servers.',
      },
    ];
  }
}

function giveUp(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer within 5 s')), resolveTimeoutMs).unref();
  });
}

/** Whether a request to an endpoint gets out, through the same guard as every webhook. */
export async function checkEgress(url: string, config: ServerConfig): Promise<readonly Finding[]> {
  const sender = createSender({ policy: createEgressPolicy(config.egress) });
  try {
    const headers = { 'content-type': 'application/json' };
    const result = await sender.send({ url, headers, body: '{}', deadlineMs: egressTimeoutMs });
    if (result.kind === 'response') {
      const tookMs = Math.round(result.durationMs);
      return [{ check: 'egress', level: 'fine', found: `${url} answered ${result.statusCode} (${tookMs} ms).` }];
    }
    const why = result.blocked === undefined ? result.error : `the egress guard refused it (${result.blocked})`;
    const next =
      result.blocked === undefined
        ? 'Check the firewall, the proxy and the network policy between this machine and the internet.'
        : 'If endpoints may be there, name their range in POSTRIDER_EGRESS_ALLOW_CIDRS.';
    return [{ check: 'egress', level: 'problem', found: `${url} was not reached: ${why}.`, next }];
  } finally {
    await sender.close();
  }
}

/** Whether there is room for the embedded store and it can be written. */
export function checkDisk({ dataDir }: ServerConfig): readonly Finding[] {
  let existing = dataDir;
  while (!existsSync(existing)) existing = dirname(existing);
  const findings: Finding[] = [];
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    const next = 'Give the directory to the user of the server (chown), or mount it writable.';
    findings.push({ check: 'disk', level: 'problem', found: `${existing} cannot be written.`, next });
  }
  const { bavail, bsize } = statfsSync(existing);
  const freeBytes = bavail * bsize;
  const found = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB are free in ${existing}.`;
  const isLow = freeBytes < littleSpaceBytes;
  findings.push({
    check: 'disk',
    level: isLow ? 'problem' : 'fine',
    found,
    next: isLow ? 'Make room or shorten POSTRIDER_RETENTION_DAYS: on a full disk publishing is refused.' : undefined,
  });
  return findings;
}
