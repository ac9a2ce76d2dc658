import { DAY_MS, parseInstant } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { atMost, observed, untold } from '../model/observe';
import { listOf, memberOf, numberIn, subjectOf, textIn, textsIn } from '../model/read-json';
import { flagOf, numberOf } from '../model/threshold';

const client = (changed: object = {}) => ({
  id: 'c1',
  name: 'Pipeline',
  state: 'active',
  authorizedGrantType: 'CLIENT-CREDENTIALS',
  accessTokenValiditySeconds: 86_400,
  dateModified: '2026-11-01T00:00:00Z',
  dateCreated: '2026-01-01T00:00:00Z',
  roleDivisions: [{ roleId: 'r1', divisionId: '*' }],
  scope: [],
  ...changed,
});
const acts = (lastActs: Readonly<Record<string, string>> = { c1: '2026-11-29T00:00:00Z' }) =>
  known({ readFrom: '2025-11-30T00:00:00Z', lastActs });
const access = known({
  from: '2026-09-01T00:00:00Z',
  to: '2026-11-30T00:00:00Z',
  roles: [{ id: 'admin', name: 'Master Admin', holders: 2, ownCount: null }],
  people: 2,
  grants: [],
});
/** Grants in which a person's password or an unprotected token travels. */
const WEAK_GRANTS = ['PASSWORD', 'TOKEN'];

export default defineControl({
  id: 'oauth-clients',
  title: 'Keys to the API',
  area: 'access',
  promise: 'OAuth clients use safe grants, hold no privileged role and short-lived tokens, and are renewed.',
  severity: 'high',
  remedy:
    'In Genesys Cloud under Admin, OAuth, replace old secrets, take privileged roles away, and delete clients nobody needs.',
  limits:
    'The platform does not say when a secret was last replaced: the last change of the client stands for it. A client that only reads leaves no audit record, so silence proves nothing by itself.',
  requires: ['oauthClients', 'clientActs', 'privilegedAccess'],
  thresholds: {
    secretDays: {
      kind: 'number',
      title: 'Oldest a client may be without a change',
      default: 365,
      min: 1,
      max: 3_650,
      unit: 'days',
    },
    tokenSeconds: {
      kind: 'number',
      title: 'Longest life of a token',
      default: 86_400,
      min: 300,
      max: 172_800,
      unit: 'seconds',
    },
    privileged: { kind: 'flag', title: 'Clients may hold privileged roles', default: false },
    flagSilent: {
      kind: 'flag',
      title: 'A client without any audited act counts as unused',
      default: false,
      why: 'Clients that only read leave no audit record',
    },
    silentDays: {
      kind: 'number',
      title: 'Days without an audited act after which a client counts as unused',
      default: 90,
      min: 1,
      max: 3_650,
      unit: 'days',
    },
  },
  evaluate({ oauthClients, clientActs, privilegedAccess }, thresholds, now) {
    const active = listOf(oauthClients).filter((one) => (textIn(one, 'state') ?? 'active') === 'active');
    if (active.length === 0)
      return { nothing: 'There is no active OAuth client, as the complete list of clients says' };
    const privileged = new Map(privilegedAccess.roles.map((role) => [role.id, role.name ?? role.id]));
    const observations: Observation[] = [];
    const rows = active.map((one, place) => {
      const subject = subjectOf('OAuthClient', one, place);
      const lastAct = clientActs.lastActs[subject.id] ?? null;
      observations.push(...ofClient(one, { subject, privileged, lastAct, thresholds, now }));
      return {
        id: subject.id,
        name: subject.name,
        grant: textIn(one, 'authorizedGrantType'),
        created: textIn(one, 'dateCreated'),
        modified: textIn(one, 'dateModified'),
        lastAuditedAct: lastAct,
        scopes: (textsIn(one, 'scope') ?? []).join(' '),
      };
    });
    return { observations, rows };
  },
  examples: [
    {
      name: 'a client that was renewed and holds a plain role',
      inputs: { oauthClients: known([client()]), clientActs: acts(), privilegedAccess: access },
      outcome: 'pass',
    },
    {
      name: 'a privileged role',
      inputs: {
        oauthClients: known([client({ roleDivisions: [{ roleId: 'admin', divisionId: '*' }] })]),
        clientActs: acts(),
        privilegedAccess: access,
      },
      outcome: 'fail',
      says: /Privileged roles of client Pipeline is Master Admin, none is required/,
    },
    {
      name: 'untouched for years',
      inputs: {
        oauthClients: known([client({ dateModified: '2024-01-01T00:00:00Z' })]),
        clientActs: acts(),
        privilegedAccess: access,
      },
      outcome: 'fail',
      says: /days, at most 365 days is required/,
    },
    {
      name: 'an implicit grant',
      inputs: {
        oauthClients: known([client({ authorizedGrantType: 'TOKEN' })]),
        clientActs: acts(),
        privilegedAccess: access,
      },
      outcome: 'fail',
      says: /Grant type of client Pipeline is TOKEN/,
    },
    {
      name: 'silent, where silence counts',
      inputs: { oauthClients: known([client()]), clientActs: acts({}), privilegedAccess: access },
      thresholds: { flagSilent: true },
      outcome: 'fail',
    },
    {
      name: 'a grant that is not stated',
      inputs: {
        oauthClients: known([client({ authorizedGrantType: undefined })]),
        clientActs: acts(),
        privilegedAccess: access,
      },
      outcome: 'not_evaluated',
    },
    {
      name: 'I28: no permission',
      inputs: {
        oauthClients: notEvaluated('no permission oauth:client:view'),
        clientActs: acts(),
        privilegedAccess: access,
      },
      outcome: 'not_evaluated',
      says: /oauth:client:view/,
    },
  ],
});

function ofClient(
  client: unknown,
  of: {
    readonly subject: NonNullable<Observation['subject']>;
    readonly privileged: ReadonlyMap<string, string>;
    readonly lastAct: string | null;
    readonly thresholds: Parameters<typeof numberOf>[0];
    readonly now: Date;
  },
): readonly Observation[] {
  const { subject, thresholds, now } = of;
  const name = subject.name ?? subject.id;
  const about = (what: string, key: string) => ({
    what: `${what} of client ${name}`,
    key: `${subject.id}/${key}`,
    subject,
  });
  const grant = textIn(client, 'authorizedGrantType');
  const changed = parseInstant(textIn(client, 'dateModified')) ?? parseInstant(textIn(client, 'dateCreated'));
  const roles = memberOf(client, 'roleDivisions');
  const held = Array.isArray(roles)
    ? [...new Set(roles.flatMap((one: unknown) => of.privileged.get(textIn(one, 'roleId') ?? '') ?? []))]
    : [];
  const silent = of.lastAct === null ? null : parseInstant(of.lastAct);
  return [
    grant === null
      ? untold(about('Grant type', 'grant'), 'a safe grant', 'the platform does not state it')
      : observed(about('Grant type', 'grant'), {
          expected: 'CODE, CLIENT-CREDENTIALS or SAML2-BEARER',
          actual: grant,
          ok: !WEAK_GRANTS.includes(grant.toUpperCase()),
        }),
    atMost(
      about('Time since the last change', 'age'),
      changed === null ? null : Math.floor((now.getTime() - changed.getTime()) / DAY_MS),
      numberOf(thresholds, 'secretDays'),
      'days',
    ),
    atMost(
      about('Life of tokens', 'token'),
      numberIn(client, 'accessTokenValiditySeconds'),
      numberOf(thresholds, 'tokenSeconds'),
      'seconds',
    ),
    ...(flagOf(thresholds, 'privileged')
      ? []
      : [
          observed(about('Privileged roles', 'roles'), {
            expected: 'none',
            actual: held.length === 0 ? 'none' : held.join(', '),
            ok: held.length === 0,
          }),
        ]),
    ...(flagOf(thresholds, 'flagSilent')
      ? [
          observed(about('Last audited act', 'use'), {
            expected: `within ${numberOf(thresholds, 'silentDays')} days`,
            actual:
              silent === null
                ? 'unknown'
                : `${Math.floor((now.getTime() - silent.getTime()) / DAY_MS)} days ago`,
            ok:
              silent !== null &&
              now.getTime() - silent.getTime() <= numberOf(thresholds, 'silentDays') * DAY_MS,
          }),
        ]
      : []),
  ];
}
