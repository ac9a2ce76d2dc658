import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { observed, untold } from '../model/observe';
import { listOf, memberOf, subjectOf, textIn } from '../model/read-json';
import { flagOf } from '../model/threshold';

const action = (
  url: string,
  headers: Readonly<Record<string, string>> = { 'Cache-Control': 'no-store' },
) => ({
  id: 'a1',
  name: 'Lookup order',
  config: { request: { requestUrlTemplate: url, requestType: 'GET', headers } },
});
const GOOD = action('https://orders.example.test/v1/$!{input.orderId}');
/** What stands where a secret stood; a reference to credentials stays as it is. */
const HIDDEN = '[redacted]';

export default defineControl({
  id: 'data-actions',
  title: 'Data actions keep secrets and customer data safe',
  area: 'protection',
  promise: 'Data actions speak HTTPS, hold no secret in their text and forbid caching of what they answer.',
  severity: 'high',
  remedy:
    'In Genesys Cloud under Admin, Actions, give the action an https address, move secrets into the credentials of its integration, and send Cache-Control: no-store.',
  limits:
    'The platform has no setting for the caching of answers: what is looked at is the header the action sends, where that is demanded.',
  requires: ['dataActions'],
  thresholds: {
    noStore: {
      kind: 'flag',
      title: 'Requests must send Cache-Control: no-store',
      default: true,
      why: 'A cached answer is a read that nobody recorded',
    },
  },
  evaluate({ dataActions }, thresholds) {
    // The platform's built-in actions, and functions, send no request of their own; an action that shows nothing cannot be told.
    const actions = listOf(dataActions).filter(
      (one) =>
        memberOf(one, 'config', 'request') !== undefined ||
        (memberOf(one, 'config') === undefined && textIn(one, 'id')?.startsWith('static') !== true),
    );
    if (actions.length === 0)
      return {
        nothing: 'There is no data action that sends a request, as the complete list of actions says',
      };
    const noStore = flagOf(thresholds, 'noStore');
    return { observations: actions.flatMap((one, place) => ofAction(one, place, noStore)) };
  },
  examples: [
    { name: 'https, no secret, no-store', inputs: { dataActions: known([GOOD]) }, outcome: 'pass' },
    {
      name: 'plain http',
      inputs: {
        dataActions: known([
          GOOD,
          { ...action('http://loyalty.example.test/points'), id: 'a2', name: 'Loyalty' },
        ]),
      },
      outcome: 'fail',
      says: /^Address of action Loyalty is http:\/\/loyalty\.example\.test, https is required$/,
    },
    {
      name: 'a literal secret in a header',
      inputs: {
        dataActions: known([
          action('https://a.example.test', { Authorization: HIDDEN, 'Cache-Control': 'no-store' }),
        ]),
      },
      outcome: 'fail',
      says: /Authorization/,
    },
    {
      name: 'a reference to credentials is no secret',
      inputs: {
        dataActions: known([
          action('https://a.example.test', {
            Authorization: 'Bearer $!{credentials.token}',
            'cache-control': 'no-store',
          }),
        ]),
      },
      outcome: 'pass',
    },
    {
      name: 'answers may be cached',
      inputs: { dataActions: known([action('https://a.example.test', {})]) },
      outcome: 'fail',
      says: /Cache-Control/,
    },
    {
      name: 'a house that does not ask for it',
      inputs: { dataActions: known([action('https://a.example.test', {})]) },
      thresholds: { noStore: false },
      outcome: 'pass',
    },
    {
      name: 'an address that a template decides',
      inputs: { dataActions: known([action('$!{input.url}')]) },
      outcome: 'not_evaluated',
    },
    { name: 'none, proven', inputs: { dataActions: known([]) }, outcome: 'pass', says: /no data action/ },
    { name: 'not read', inputs: { dataActions: notEvaluated('no permission x') }, outcome: 'not_evaluated' },
  ],
});

function ofAction(action: unknown, place: number, noStore: boolean): readonly Observation[] {
  const subject = subjectOf('DataAction', action, place);
  const name = subject.name ?? subject.id;
  const url = textIn(action, 'config', 'request', 'requestUrlTemplate');
  const headers = Object.entries(memberOf(action, 'config', 'request', 'headers') ?? {});
  const address = { what: `Address of action ${name}`, key: `${subject.id}/address`, subject };
  const scheme = url === null ? null : (/^([a-z]+):\/\/[^/?#]*/i.exec(url) ?? null);
  const secrets = headers.filter(([, value]) => typeof value === 'string' && value.includes(HIDDEN));
  const inUrl = url?.includes(HIDDEN) ?? false;
  const cache = headers.find(([header]) => header.toLowerCase() === 'cache-control')?.[1];
  return [
    scheme === null
      ? untold(address, 'https', url === null ? 'the platform does not state it' : 'a template decides it')
      : observed(address, {
          expected: 'https',
          actual: scheme[0],
          ok: scheme[1]?.toLowerCase() === 'https',
        }),
    observed(
      { what: `Secrets in the text of action ${name}`, key: `${subject.id}/secrets`, subject },
      {
        expected: 'none',
        actual:
          secrets.length === 0 && !inUrl
            ? 'none'
            : [...secrets.map(([header]) => `header ${header}`), ...(inUrl ? ['its address'] : [])].join(
                ', ',
              ),
        ok: secrets.length === 0 && !inUrl,
      },
    ),
    ...(noStore
      ? [
          observed(
            {
              what: `Cache-Control of action ${name}`,
              key: `${subject.id}/cache`,
              subject,
              severity: 'medium',
            },
            {
              expected: 'no-store',
              actual: typeof cache === 'string' ? cache : 'absent',
              ok: typeof cache === 'string' && /\bno-store\b/i.test(cache),
            },
          ),
        ]
      : []),
  ];
}
