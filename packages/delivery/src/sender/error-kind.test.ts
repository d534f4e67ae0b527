import { describe, expect, it } from 'vitest';
import { isLasting, toErrorKind } from './error-kind.js';

const error = (code: string | undefined, more: object = {}): Error => Object.assign(new Error('?'), { code }, more);

describe('toErrorKind', () => {
  it.each([
    ['EGRESS_ADDRESS_BLOCKED', 'blocked_address'],
    ['EGRESS_NAME_UNRESOLVED', 'dns_error'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['ECONNREFUSED', 'connection_refused'],
    ['EHOSTUNREACH', 'connection_refused'],
    ['ECONNRESET', 'connection_reset'],
    ['EPIPE', 'connection_reset'],
    ['UND_ERR_SOCKET', 'connection_reset'],
    ['EPROTO', 'tls_error'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_error'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_error'],
    ['CERT_HAS_EXPIRED', 'tls_error'],
    ['CERT_NOT_YET_VALID', 'tls_error'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_error'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_error'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_error'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_error'],
    ['UND_ERR_HEADERS_OVERFLOW', 'response_too_large_header'],
    ['UND_ERR_DESTROYED', 'aborted'],
    ['EMFILE', 'internal'],
    ['UND_ERR_INVALID_ARG', 'internal'],
    ['SOMETHING_NEW', 'internal'],
    [undefined, 'internal'],
  ])('%s is %s', (code, kind) => {
    expect(toErrorKind(error(code))).toBe(kind);
  });

  it('goes by the system call when the code is a rare one', () => {
    expect(toErrorKind(error('ENETDOWN', { syscall: 'connect' }))).toBe('connection_refused');
    expect(toErrorKind(error('ENOBUFS', { syscall: 'write' }))).toBe('connection_reset');
  });
});

describe('isLasting', () => {
  const unresolved = (code: string | undefined): Error =>
    error('EGRESS_NAME_UNRESOLVED', code === undefined ? {} : { cause: error(code) });

  it.each([
    ['a name that does not exist', unresolved('ENOTFOUND'), true],
    ['a name without an address', unresolved(undefined), true],
    ['a name server that is out of order', unresolved('EAI_AGAIN'), false],
    ['a name server that does not answer', unresolved('ETIMEOUT'), false],
    ['a certificate that has expired', error('CERT_HAS_EXPIRED'), true],
    ['a certificate for another name', error('ERR_TLS_CERT_ALTNAME_INVALID'), true],
    ['a handshake that broke', error('EPROTO'), false],
    ['a port that speaks something else', error('ERR_SSL_WRONG_VERSION_NUMBER'), false],
    ['a refused connection', error('ECONNREFUSED'), false],
  ])('%s: %s', (_what, cause, lasts) => {
    expect(isLasting(cause)).toBe(lasts);
  });
});
