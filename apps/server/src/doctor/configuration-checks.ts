import type { ServerConfig } from '../config/server-config.js';
import type { Finding } from './finding.js';

const everywhere = new Set(['0.0.0.0', '::']);

/** Settings that work and that somebody will be sorry for. */
export function checkConfiguration(config: ServerConfig): readonly Finding[] {
  const smells = [
    ...[findOpenEgress(config), findOpenMetadata(config), findUnsafePublicUrl(config), findPlainSecrets(config)],
    ...[findUntrustedProxies(config), findOpenMetrics(config), findLostDeliveries(config), findDebugLog(config)],
  ].filter((smell) => smell !== undefined);
  if (smells.length > 0) return smells;
  return [{ check: 'configuration', level: 'fine', found: 'No setting looks like a mistake.' }];
}

function advise(found: string, next: string): Finding {
  return { check: 'configuration', level: 'advice', found, next };
}

function findOpenEgress({ egress }: ServerConfig): Finding | undefined {
  const wide = egress.allowCidrs.filter((cidr) => Number(cidr.split('/')[1]) < (cidr.includes(':') ? 32 : 8));
  if (wide.length === 0) return undefined;
  return advise(
    `POSTRIDER_EGRESS_ALLOW_CIDRS opens ${wide.join(', ')}: whoever may create an endpoint can reach almost anything.`,
    'Name only the ranges in which endpoints are.',
  );
}

function findOpenMetadata({ egress }: ServerConfig): Finding | undefined {
  if (!egress.allowMetadata) return undefined;
  return advise(
    'POSTRIDER_EGRESS_ALLOW_METADATA is on: endpoints can point to the metadata service of the cloud.',
    'Turn it off unless an endpoint really is there.',
  );
}

function findUnsafePublicUrl({ publicUrl }: ServerConfig): Finding | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0'].includes(hostname)) return undefined;
  return advise(
    `POSTRIDER_PUBLIC_URL is ${publicUrl}: tokens of the portal would pass unencrypted.`,
    'Put a reverse proxy with TLS in front, and set POSTRIDER_PUBLIC_URL to its https:// URL.',
  );
}

function findPlainSecrets({ secretsKeys, storagePackage }: ServerConfig): Finding | undefined {
  if (secretsKeys.length > 0 || storagePackage === '@postrider/storage-sqlite') return undefined;
  return advise(
    'POSTRIDER_SECRETS_KEY is not set: signing secrets and header values are stored as they are.',
    'Make a key with "postrider secrets generate-key", give it to every server, then run "postrider secrets rotate".',
  );
}

function findUntrustedProxies({ http, trustedProxies, publicUrl }: ServerConfig): Finding | undefined {
  const isProxied = publicUrl.startsWith('https:');
  if (!isProxied || !everywhere.has(http.host) || trustedProxies.length > 0) return undefined;
  return advise(
    'POSTRIDER_PUBLIC_URL is https, so a proxy is in front, and POSTRIDER_TRUSTED_PROXIES is empty: all callers seem to be the proxy.',
    'Set POSTRIDER_TRUSTED_PROXIES to the address range of the proxy.',
  );
}

function findOpenMetrics({ metrics }: ServerConfig): Finding | undefined {
  if (!everywhere.has(metrics.host)) return undefined;
  return advise(
    `/metrics listens on every address (port ${metrics.port}) and has no login.`,
    'Let only Prometheus reach the port, by a firewall or a network policy.',
  );
}

function findLostDeliveries({ preStopDelayMs, shutdownGraceMs }: ServerConfig): Finding | undefined {
  if (preStopDelayMs + shutdownGraceMs <= 30_000) return undefined;
  return advise(
    `Stopping may take ${(preStopDelayMs + shutdownGraceMs) / 1_000} s, longer than most supervisors wait.`,
    'Raise the patience of the supervisor (stop_grace_period, terminationGracePeriodSeconds) above that.',
  );
}

function findDebugLog({ logLevel }: ServerConfig): Finding | undefined {
  if (logLevel !== 'debug') return undefined;
  return advise('POSTRIDER_LOG_LEVEL is debug: the log grows with every request.', 'Set it to info.');
}
