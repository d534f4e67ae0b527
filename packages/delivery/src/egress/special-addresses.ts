import { BlockList, isIPv6 } from 'node:net';

/** Builds a list of ranges in CIDR notation. Throws `TypeError` or `RangeError` for text that is none. */
export function toBlockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix = ''] = cidr.split('/');
    list.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** This machine. */
export const loopback = toBlockList(['127.0.0.0/8', '::1/128']);

/**
 * Where machines ask their cloud for credentials, and link-local addresses, which most clouds serve them on.
 * Kept apart from other special ranges because opening a private range must not open these.
 */
export const metadata = toBlockList([
  '169.254.0.0/16', // link-local: AWS, GCP, Azure, ECS tasks, EKS pod identity and most others
  'fe80::/10', // link-local
  '100.100.100.200/32', // Alibaba, within the carrier-grade NAT range
  '168.63.129.16/32', // Azure wire server, a public address
  '192.0.0.192/32', // Oracle, legacy
  'fd00:ec2::/32', // AWS
  'fd20:ce::/32', // GCP
  'fd00:c1::a9fe:a9fe/128', // Oracle
  'fd00:42::42/128', // Scaleway
]);

/** IPv4 that is not ordinary public unicast: the IANA special-purpose registry, multicast, class E, and metadata. */
export const specialIpv4 = toBlockList([
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // metadata
  '169.254.0.0/16', // link-local
  '172.16.0.0/12', // private
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relay anycast
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // class E and broadcast
]);

/** What within `2000::/3`, from which global addresses are assigned, is not ordinary unicast. */
export const specialIpv6 = toBlockList([
  '2001::/23', // IETF protocol assignments: Teredo, benchmarking, ORCHID, drone ids, AMT, AS112, anycast services
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: wraps any IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
]);
