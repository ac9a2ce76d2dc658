import { roleMember } from '@/lib/changes/model/risk/members';
import type { ProposedResponse } from '@/lib/findings/model/concern';
import { concernOfChange } from '../model/concerns';
import { exampleChange, RAVI, SCRIPT } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'self-grant';
const ROLE = 'f0000000-0000-4000-8000-00000000000f';
const granted = exampleChange({
  service: 'PeoplePermissions',
  entityType: 'Role',
  action: 'MemberAdd',
  actor: RAVI,
  entity: { id: ROLE, name: 'Master Admin' },
  recordName: `${RAVI.id}--${ROLE}--a0000000-0000-4000-8000-000000000001`,
});

const rule: Rule<'change'> = {
  id: ID,
  title: 'Somebody gave themselves a role',
  about:
    'Who gains a role is the one who granted it, by their own hand or through an OAuth client they own. Critical where the role is privileged, high otherwise.',
  severity: 'varies',
  runbook:
    'Ask the person and whoever owns the role. If nobody else decided it: take the role away, deactivate the account, and review what it did since.',
  controls: ['access-segregation'],
  on: 'change',
  responses: ['deactivate_user', 'disable_client'],
  judge(change, context) {
    if (change.entityType !== 'Role' || change.action !== 'MemberAdd' || !change.accountable) return null;
    const grant = roleMember(change.recordName);
    if (grant === null || change.actor.id === null) return null;
    const client = change.actor.kind === 'automation' ? change.actor : null;
    const owner = client === null ? null : context.ownerOf(change.actor.id);
    const byHand = same(grant.memberId, change.actor.id);
    const byClient = owner !== null && same(grant.memberId, owner);
    if (!byHand && !byClient) return null;
    const roleId = change.entity.id ?? grant.roleId;
    const privileged = context.isPrivilegedRole(roleId) || context.isPrivilegedRole(grant.roleId);
    const name = byHand ? change.actor.name : change.nameOf(grant.memberId);
    const role = change.entity.name ?? change.nameOf(grant.roleId);
    const through =
      byClient && client !== null ? `, through their own OAuth client ${client.name ?? client.id}` : '';
    return concernOfChange(change, {
      rule: ID,
      severity: privileged ? 'critical' : 'high',
      subject: { type: 'User', id: grant.memberId, name },
      sentence: `${name ?? 'Somebody'} gave themselves ${role === null ? 'a role' : `the role ${role}`}${through}`,
      reasons: [
        byHand
          ? 'the person who gains the role is the one who granted it'
          : 'the OAuth client that granted it belongs to the person who gains the role',
        privileged ? 'the role is privileged' : 'the role is not among the privileged ones',
      ],
      responses: responsesOf({ id: grant.memberId, name }, byClient ? client : null),
      tell: ['officer', 'admin'],
    });
  },
  examples: [
    {
      name: 'a privileged role',
      subject: granted,
      context: { isPrivilegedRole: (id) => id === ROLE },
      finds: { severity: 'critical', says: /^Ravi Agent gave themselves the role Master Admin$/ },
    },
    { name: 'an ordinary role', subject: granted, finds: { severity: 'high' } },
    {
      name: 'through an OAuth client of theirs',
      subject: { ...granted, actor: SCRIPT, nameOf: (id) => (id === RAVI.id ? RAVI.name : null) },
      context: { ownerOf: (id) => (id === SCRIPT.id ? RAVI.id : null), isPrivilegedRole: () => true },
      finds: { severity: 'critical', says: /through their own OAuth client Nightly export$/ },
    },
    {
      name: 'through a client that somebody else owns',
      subject: { ...granted, actor: SCRIPT },
      context: { ownerOf: () => 'somebody-else' },
      finds: null,
    },
    {
      name: 'somebody else granted it',
      subject: { ...granted, actor: { ...RAVI, id: 'b0000000-0000-4000-8000-000000000009' } },
      finds: null,
    },
    { name: 'it was refused', subject: { ...granted, accountable: false }, finds: null },
    { name: 'they gave a role up', subject: { ...granted, action: 'MemberRemove' }, finds: null },
  ],
};
export default rule;

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

type Named = { readonly id: string | null; readonly name: string | null };

function responsesOf(
  person: { readonly id: string; readonly name: string | null },
  client: Named | null,
): ProposedResponse[] {
  const deactivate: ProposedResponse = { kind: 'deactivate_user', target: { type: 'User', ...person } };
  if (client?.id == null) return [deactivate];
  return [
    deactivate,
    { kind: 'disable_client', target: { type: 'OAuthClient', id: client.id, name: client.name } },
  ];
}
