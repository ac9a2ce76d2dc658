import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Networks, networks, notPublic } from '../model/network';

/** Ports that a public receiver may listen on; inside the allow-list any. */
const PUBLIC_PORTS: readonly number[] = [443, 8443];
const NOBODY: Networks = networks([]);

export type Address = { readonly address: string; readonly family: 4 | 6 };

export type AddressRules = {
  /** The operator's own networks (`OUTBOUND_ALLOWLIST`): the only way inside, and the only place for http. */
  readonly inside?: Networks;
  readonly publicPorts?: readonly number[];
  /** All addresses of a name; the system's resolver when absent. */
  readonly resolve?: (hostname: string) => Promise<readonly Address[]>;
};

export type Vetted =
  /** Connect to these and to nothing else: the name may mean something else a moment later. */
  | { readonly kind: 'allowed'; readonly addresses: readonly Address[] }
  | { readonly kind: 'blocked'; readonly because: string }
  | { readonly kind: 'unresolved'; readonly because: string };

/**
 * Whether something may be sent to the address, decided before any connection is made. The name is resolved once, and one bad
 * answer among several refuses it: which one would be used is not ours to choose.
 */
export async function vetAddress(url: URL, rules: AddressRules = {}): Promise<Vetted> {
  const inside = rules.inside ?? NOBODY;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return blocked('its address is not https');
  if (url.username !== '' || url.password !== '') return blocked('its address holds a user or password');
  const resolved = await addressesOf(url, rules.resolve ?? systemResolver);
  if (resolved === null || resolved.length === 0) {
    return { kind: 'unresolved', because: `the name ${url.hostname} is not known` };
  }
  for (const { address } of resolved) {
    if (inside(address)) continue;
    const place = notPublic(address);
    if (place !== null) return blocked(`${url.hostname} lies in ${place}`);
  }
  if (resolved.every(({ address }) => inside(address))) return { kind: 'allowed', addresses: resolved };
  if (url.protocol !== 'https:') return blocked('its address is not https');
  const port = Number(url.port || 443);
  const ports = rules.publicPorts ?? PUBLIC_PORTS;
  if (!ports.includes(port)) return blocked(`port ${port} is none of ${ports.join(', ')}`);
  return { kind: 'allowed', addresses: resolved };
}

function blocked(because: string): Vetted {
  return { kind: 'blocked', because };
}

async function addressesOf(
  url: URL,
  resolve: NonNullable<AddressRules['resolve']>,
): Promise<readonly Address[] | null> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  if (family !== 0) return [{ address: literal, family: family === 6 ? 6 : 4 }];
  try {
    return await resolve(url.hostname);
  } catch {
    // A resolver says no by throwing; why is its operator's business.
    return null;
  }
}

async function systemResolver(hostname: string): Promise<Address[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
