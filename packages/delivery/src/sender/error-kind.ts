import type { AttemptErrorKind } from '@postrider/core';

/** Codes of Node, of undici and of the egress guard. */
const KINDS: ReadonlyMap<string, AttemptErrorKind> = new Map([
  ['EGRESS_ADDRESS_BLOCKED', 'blocked_address'],
  ['EGRESS_NAME_UNRESOLVED', 'dns_error'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
  ['ETIMEDOUT', 'connect_timeout'],
  ['ECONNREFUSED', 'connection_refused'],
  ['EHOSTUNREACH', 'connection_refused'],
  ['ENETUNREACH', 'connection_refused'],
  ['ECONNRESET', 'connection_reset'],
  ['ECONNABORTED', 'connection_reset'],
  ['EPIPE', 'connection_reset'],
  ['UND_ERR_SOCKET', 'connection_reset'],
  ['EPROTO', 'tls_error'],
  ['UND_ERR_HEADERS_OVERFLOW', 'response_too_large_header'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'protocol_error'],
  ['UND_ERR_ABORTED', 'aborted'],
  ['UND_ERR_CLOSED', 'aborted'],
  ['UND_ERR_DESTROYED', 'aborted'],
  // This process has no descriptors left: the receiver has no part in it.
  ['EMFILE', 'internal'],
  ['ENFILE', 'internal'],
] as const);

/** OpenSSL errors, Node's own, and the names that OpenSSL gives to what is wrong with a certificate. */
const TLS_CODE =
  /^(?:ERR_(?:SSL|TLS)_|CERT_|CRL_|DEPTH_ZERO_|ERROR_IN_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|SELF_SIGNED_|UNABLE_TO_)/;

/** Of these, what the receiver's certificate is to blame for. The rest may be a connection that broke. */
const CERTIFICATE_CODE =
  /^(?:ERR_TLS_CERT_|CERT_|CRL_|DEPTH_ZERO_|ERROR_IN_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|SELF_SIGNED_|UNABLE_TO_)/;

interface TransportError extends Error {
  readonly code?: unknown;
  readonly syscall?: unknown;
}

/**
 * Which kind of failure an error of the transport is. Tenants see the kind alone: messages of drivers name addresses
 * and change between versions. What is not known comes out as `internal`, so that it is looked into.
 */
export function toErrorKind(error: TransportError): AttemptErrorKind {
  const code = typeof error.code === 'string' ? error.code : '';
  // undici says with one code that the socket broke and that the answer made no sense (an upgrade, a second response).
  if (code === 'UND_ERR_SOCKET' && /^bad (?:response|upgrade)$/.test(error.message)) return 'protocol_error';
  const known = KINDS.get(code);
  if (known !== undefined) return known;
  // Only some errors of undici's parser carry a code.
  if (error.name === 'HTTPParserError') return 'protocol_error';
  if (TLS_CODE.test(code)) return 'tls_error';
  if (error.syscall === 'connect') return 'connection_refused';
  if (error.syscall === 'read' || error.syscall === 'write') return 'connection_reset';
  return 'internal';
}

/**
 * Whether every request will fail alike: the name does not exist or has no address, or the certificate is refused. A name
 * server that is out of order or slow (`EAI_AGAIN`, a timeout) says nothing of the kind.
 */
export function isLasting(error: TransportError): boolean {
  if (typeof error.code !== 'string') return false;
  if (error.code !== 'EGRESS_NAME_UNRESOLVED') return CERTIFICATE_CODE.test(error.code);
  const { cause } = error;
  return cause === undefined || (cause instanceof Error && 'code' in cause && cause.code === 'ENOTFOUND');
}
