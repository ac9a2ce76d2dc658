import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { observed, untold } from '../model/observe';
import { textsIn } from '../model/read-json';
import { numberOf } from '../model/threshold';

const list = (...ranges: readonly string[]) => known({ ipAddressAllowlist: ranges });

/** How many bits of an address a range fixes; null where it is no range. A bare address fixes all. */
function prefixOf(range: string): number | null {
  const [address = '', bits] = range.split('/');
  const whole = address.includes(':') ? 128 : 32;
  if (!/^[0-9a-f.:]+$/i.test(address)) return null;
  if (bits === undefined) return whole;
  const prefix = Number(bits);
  return Number.isInteger(prefix) && prefix >= 0 && prefix <= whole ? prefix : null;
}

export default defineControl({
  id: 'ip-allow-list',
  title: 'Sign-in from known addresses only',
  area: 'sign_in',
  promise: 'The organisation can be reached from addresses on its list and from no other.',
  severity: 'medium',
  remedy:
    'In Genesys Cloud under Admin, Organization Settings, name the address ranges of your offices and VPN.',
  requires: ['authentication'],
  thresholds: {
    shortestPrefix: {
      kind: 'number',
      title: 'Shortest prefix of an IPv4 range',
      default: 16,
      min: 1,
      max: 32,
      unit: 'bits',
      why: 'A range that admits half the internet is no list',
    },
    shortestPrefixV6: {
      kind: 'number',
      title: 'Shortest prefix of an IPv6 range',
      default: 32,
      min: 1,
      max: 128,
      unit: 'bits',
    },
  },
  evaluate({ authentication }, thresholds) {
    const ranges = textsIn(authentication, 'ipAddressAllowlist');
    if (ranges === null)
      return {
        observations: [
          untold(
            { what: 'Address list', key: 'list' },
            'at least one range',
            'the platform does not state it',
          ),
        ],
      };
    const filled = observed(
      { what: 'Address list', key: 'list' },
      {
        expected: 'at least one range',
        actual: ranges.length === 0 ? 'empty' : `${ranges.length} ranges`,
        ok: ranges.length > 0,
      },
    );
    return {
      observations: [
        filled,
        ...ranges.map((range) => {
          const min = numberOf(thresholds, range.includes(':') ? 'shortestPrefixV6' : 'shortestPrefix');
          const prefix = prefixOf(range);
          return observed(
            { what: `Range ${range}`, key: `range-${range}` },
            {
              expected: `a prefix of at least ${min} bits`,
              actual: prefix === null ? 'it is no address range' : `a prefix of ${prefix} bits`,
              ok: prefix === null ? null : prefix >= min,
            },
          );
        }),
      ],
    };
  },
  examples: [
    {
      name: 'two small ranges',
      inputs: { authentication: list('198.51.100.0/24', '203.0.113.7') },
      outcome: 'pass',
    },
    {
      name: 'none',
      inputs: { authentication: list() },
      outcome: 'fail',
      says: /^Address list is empty, at least one range is required$/,
    },
    {
      name: 'the whole internet',
      inputs: { authentication: list('0.0.0.0/0') },
      outcome: 'fail',
      says: /0 bits/,
    },
    { name: 'a short IPv6 range', inputs: { authentication: list('2001:db8::/20') }, outcome: 'fail' },
    { name: 'no range at all', inputs: { authentication: list('office') }, outcome: 'not_evaluated' },
    { name: 'not stated', inputs: { authentication: known({}) }, outcome: 'not_evaluated' },
    {
      name: 'not read',
      inputs: { authentication: notEvaluated('no permission x') },
      outcome: 'not_evaluated',
    },
  ],
});
