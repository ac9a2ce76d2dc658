import { BlockList, isIP } from 'node:net';
import type { AddressNote } from '../recorded-move';

export type JudgedAddress = {
  readonly flags: readonly AddressNote[];
  /** Why it was not held against the allow-list; null when it was. */
  readonly notEvaluated: string | null;
};

/** The networks a person may come from, ready to ask. */
export type AllowList = { readonly size: number; readonly allows: (ip: string) => boolean };

/** The allow-list of policy entries: single addresses and CIDR networks, of both families. Entries that are neither are left out. */
export function allowListOf(entries: readonly string[]): AllowList {
  const list = new BlockList();
  let size = 0;
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = familyOf(address);
    if (family === null) continue;
    const bits = prefix === undefined ? null : Number(prefix);
    if (bits === null) list.addAddress(address, family);
    else if (Number.isInteger(bits) && bits >= 0 && bits <= (family === 'ipv4' ? 32 : 128))
      list.addSubnet(address, bits, family);
    else continue;
    size += 1;
  }
  return {
    size,
    allows(ip) {
      const family = familyOf(ip);
      return family !== null && list.check(ip, family);
    },
  };
}

/**
 * What an address says: outside the allow-list, or new for this person. Without a list, or without an address that can be read,
 * it is not evaluated, which is not the same as fine.
 */
export function judgeAddress(asked: {
  readonly ip: string | null;
  readonly allowList: AllowList | null;
  /** The first event in which this person came from there, though they had come from elsewhere before. */
  readonly newForPerson: boolean;
}): JudgedAddress {
  const { allowList, newForPerson } = asked;
  const ip = plainAddress(asked.ip);
  const flags: AddressNote[] = [];
  let notEvaluated: string | null = null;
  if (asked.ip === null) notEvaluated = 'the record holds no address';
  else if (allowList === null || allowList.size === 0) notEvaluated = 'no allow-list of addresses is set';
  else if (ip === null) notEvaluated = 'the record’s address is no IP address';
  else if (!allowList.allows(ip))
    flags.push({ flag: 'outside_allow_list', because: `${ip} is outside the allow-list` });
  if (newForPerson && asked.ip !== null)
    flags.push({
      flag: 'new_for_person',
      because: `the person was never seen to come from ${ip ?? asked.ip} before`,
    });
  return { flags, notEvaluated };
}

/** The address alone, without brackets, port or the prefix of a mapped IPv4 address; null when it is none. */
export function plainAddress(text: string | null): string | null {
  if (text === null) return null;
  const trimmed = text.trim();
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(bare)?.[1];
  const ip = mapped ?? bare;
  return isIP(ip) === 0 ? null : ip;
}

function familyOf(ip: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(ip);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
}
