import { toIso } from '@/lib/kernel/instant';
import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleClient } from '../example-subjects';
import { list, roleName } from '../say';

const WORDS = {
  inactive: 'is inactive',
  gone: 'no longer exists on the platform',
  left: 'has left according to HR',
  unknown: 'is not known to the directory',
} as const;

const rule: DriftRule<'client'> = {
  id: 'orphaned-client',
  title: 'An OAuth client that nobody stands for',
  about:
    'Whoever made the client is gone, inactive or has left, and nobody is named as its owner: its secret may be in anybody’s hands, and nobody would miss it.',
  severity: 'varies',
  runbook: 'Find out what uses it. Name an owner as a service account and change its secret, or disable it.',
  controls: ['oauth-clients'],
  needs: ['clients', 'users', 'grants', 'roles'],
  on: 'client',
  rank: 1,
  judge(client) {
    if (client.owner !== null || client.state === 'disabled' || client.state === 'inactive') return [];
    if (client.creator?.standing === 'active') return [];
    const privileged = client.roles.filter((role) => role.privileged);
    const name = client.name ?? `client ${client.id}`;
    const why =
      client.creator === null
        ? 'the platform does not say who made it'
        : `${client.creator.name ?? 'whoever made it'} ${WORDS[client.creator.standing as keyof typeof WORDS]}`;
    return [
      {
        right: { kind: 'client', id: client.id, name: client.name },
        severity: privileged.length > 0 ? 'high' : 'medium',
        held: client.roles.length === 0 ? 'no role' : list(client.roles.map(roleName)),
        expected: { words: 'an owner who is employed', basis: 'none' },
        sentence: `The OAuth client ${name} has no owner: ${why}`,
        reasons: [
          why,
          'nobody is named as its owner',
          ...(privileged.length > 0
            ? [`it holds the privileged role ${list(privileged.map(roleName))}`]
            : []),
          client.lastUsedAt === null
            ? 'no change by it was seen lately'
            : `it last changed something on ${toIso(client.lastUsedAt)}`,
        ],
        since: client.since,
        sinceBasis: client.changeId === null ? 'snapshot' : 'change',
        grantingChangeId: client.changeId,
        directly: true,
        through: [],
        divisionIds: [],
      },
    ];
  },
  examples: [
    {
      name: 'its maker is gone, and it may grant roles',
      subject: exampleClient({ creator: { name: 'Otis Fairbanks', standing: 'gone' }, roles: [ADMIN] }),
      finds: [
        {
          severity: 'high',
          right: 'client-1',
          says: /Nightly export has no owner: Otis Fairbanks no longer exists/,
        },
      ],
    },
    {
      name: 'nobody knows who made it',
      subject: exampleClient({ createdBy: null, creator: null }),
      finds: [{ severity: 'medium', right: 'client-1' }],
    },
    {
      name: 'its maker left, but an owner is named',
      subject: exampleClient({ creator: { name: 'O', standing: 'left' }, owner: 'Dana' }),
      finds: [],
    },
    { name: 'its maker is employed', subject: exampleClient(), finds: [] },
    { name: 'disabled', subject: exampleClient({ creator: null, state: 'disabled' }), finds: [] },
  ],
};
export default rule;
