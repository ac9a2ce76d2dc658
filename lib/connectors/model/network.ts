import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet. Source: IANA special-purpose address registries (RFC 6890, kept current there). */
const NOT_PUBLIC_V4 = [
  ['0.0.0.0', 8, 'this host'],
  ['10.0.0.0', 8, 'a private network'],
  ['100.64.0.0', 10, 'a carrier network'],
  ['127.0.0.0', 8, 'this very machine'],
  ['169.254.0.0', 16, 'link-local, where cloud metadata lives'],
  ['172.16.0.0', 12, 'a private network'],
  ['192.0.0.0', 24, 'a reserved network'],
  ['192.0.2.0', 24, 'a reserved network'],
  ['192.88.99.0', 24, 'a reserved network'],
  ['192.168.0.0', 16, 'a private network'],
  ['198.18.0.0', 15, 'a reserved network'],
  ['198.51.100.0', 24, 'a reserved network'],
  ['203.0.113.0', 24, 'a reserved network'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'a reserved network'],
] as const;
/** Of IPv6 only 2000::/3 is public at all; these lie in it and are not, or smuggle an IPv4 address. */
const NOT_PUBLIC_V6 = [
  ['2001::', 23, 'a reserved network'],
  ['2001:db8::', 32, 'a reserved network'],
  ['2002::', 16, 'an IPv4 address in disguise (6to4)'],
  ['3fff::', 20, 'a reserved network'],
] as const;
const NAMED_V6 = [
  ['::', 128, 'this host'],
  ['::1', 128, 'this very machine'],
  ['::ffff:0:0', 96, 'an IPv4 address in disguise'],
  ['64:ff9b::', 96, 'an IPv4 address in disguise'],
  ['fc00::', 7, 'a private network'],
  ['fe80::', 10, 'link-local'],
  ['ff00::', 8, 'multicast'],
] as const;

type Range = { readonly list: BlockList; readonly says: string };

const V4 = NOT_PUBLIC_V4.map((range) => rangeOf(range, 'ipv4'));
const V6 = [...NAMED_V6, ...NOT_PUBLIC_V6].map((range) => rangeOf(range, 'ipv6'));
const PUBLIC_V6 = rangeOf(['2000::', 3, 'public'], 'ipv6').list;
// As text: BlockList takes a mapped address for the IPv4 one and would match IPv4 ranges.
const MAPPED = /^::ffff:|^(0{1,4}:){5}ffff:/i;

/** What kind of place an address is in when it is not the public internet, as words; null when it is. What is no address is no public one. */
export function notPublic(address: string): string | null {
  const family = isIP(address);
  if (family === 4) return V4.find(({ list }) => list.check(address, 'ipv4'))?.says ?? null;
  if (family !== 6) return 'no address';
  if (MAPPED.test(address)) return 'an IPv4 address in disguise';
  const named = V6.find(({ list }) => list.check(address, 'ipv6'))?.says;
  return named ?? (PUBLIC_V6.check(address, 'ipv6') ? null : 'a reserved network');
}

/** Whether an address lies in one of the networks; an IPv4 address in IPv6 disguise lies in none. */
export type Networks = (address: string) => boolean;

/** Networks by CIDR or single address. Requires each to be one, as the environment's check makes sure. */
export function networks(cidrs: readonly string[]): Networks {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [net = '', bits] = cidr.split('/');
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(net, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return (address) => {
    const family = isIP(address);
    if (family === 0 || MAPPED.test(address)) return false;
    return list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function rangeOf([net, bits, says]: readonly [string, number, string], family: 'ipv4' | 'ipv6'): Range {
  const list = new BlockList();
  list.addSubnet(net, bits, family);
  return { list, says };
}
