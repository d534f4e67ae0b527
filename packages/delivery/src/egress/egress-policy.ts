import { isIP, type BlockList } from 'node:net';
import type { EndpointUrlPolicy } from '@postrider/core';
import { examineAddress } from './classify-address.js';
import { egressError } from './errors.js';
import { toBlockList } from './special-addresses.js';

/** Which URLs and addresses webhooks may be sent to. What is said of URLs is judged before, not instead of, addresses. */
export interface EgressPolicyOptions extends EndpointUrlPolicy {
  /** Ranges beyond the public internet that webhooks may go to, such as `10.20.0.0/16` or `fd12::/48`. Default: none. */
  readonly allowCidrs?: readonly string[] | undefined;
  /**
   * Link-local and cloud metadata addresses stay blocked even within `allowCidrs`, unless this is set as well.
   * Default: false. Whoever may create endpoints can then read this machine's cloud credentials.
   */
  readonly allowMetadata?: boolean | undefined;
  /** Judges `64:ff9b::/96` by the IPv4 address in it, for networks that reach IPv4 only through NAT64. Default: false. */
  readonly allowNat64?: boolean | undefined;
}

/** Decides which addresses webhooks may be sent to. Immutable. */
export interface EgressPolicy {
  /** The opened ranges as configured, for warnings and metrics. */
  readonly allowCidrs: readonly string[];
  /**
   * The rules for the text of URLs. The name `localhost` is allowed exactly when `allowCidrs` covers `127.0.0.1` or
   * `::1`; other local names only when `allowHosts` lists them. Their addresses must be allowed all the same.
   */
  readonly urlPolicy: EndpointUrlPolicy;
  /** Anything that is not exactly an IP address is refused. */
  allowsAddress(address: string): boolean;
}

/**
 * Compiles a policy. Without options only public unicast addresses are allowed.
 * Throws `EGRESS_POLICY_INVALID` naming the first entry that is not a range.
 */
export function createEgressPolicy(options: EgressPolicyOptions = {}): EgressPolicy {
  const { allowCidrs = [], allowMetadata = false, allowNat64 = false, ...urlPolicy } = options;
  const opened = compile(allowCidrs);
  const isOpened = (address: string): boolean => opened.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

  const allowsAddress = (address: string): boolean => {
    const { kind, ipv4 = address } = examineAddress(address);
    switch (kind) {
      case 'public':
        return true;
      case 'loopback':
      case 'special':
        return isOpened(ipv4);
      case 'metadata':
        return allowMetadata && isOpened(ipv4);
      case 'nat64':
        return isOpened(address) || (allowNat64 && allowsAddress(ipv4));
      default:
        return false;
    }
  };
  const localhost = isOpened('127.0.0.1') || isOpened('::1') ? ['localhost'] : [];
  const allowHosts = [...(urlPolicy.allowHosts ?? []), ...localhost];
  return { allowCidrs, allowsAddress, urlPolicy: { ...urlPolicy, allowHosts } };
}

const CIDR = /^(?<network>[^/]+)\/(?<prefix>\d{1,3})$/;

function compile(cidrs: readonly string[]): BlockList {
  for (const cidr of cidrs) {
    const { network = '', prefix = '' } = CIDR.exec(cidr)?.groups ?? {};
    const version = isIP(network);
    if (version !== 0 && !network.includes('%') && Number(prefix) <= (version === 6 ? 128 : 32)) continue;
    const found = `Found ${JSON.stringify(cidr)} among the allowed address ranges`;
    throw egressError('EGRESS_POLICY_INVALID', `${found}; expected a range such as 10.20.0.0/16 or fd12::/48.`);
  }
  return toBlockList(cidrs);
}
