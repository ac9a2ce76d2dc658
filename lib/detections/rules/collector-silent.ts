import { toIso } from '@/lib/kernel/instant';
import type { Rule } from '../model/rule';

const ID = 'collector-silent';
const silence = {
  orgId: 'a0000000-0000-4000-8000-000000000001',
  orgName: 'Northwind Contact',
  since: new Date('2026-11-20T08:00:00Z'),
  everRead: true,
  minutes: 95,
};
/** Three readings are missed by then; one late answer is no silence. */
const LONGEST_MINUTES = 90;

const rule: Rule<'silence'> = {
  id: ID,
  title: 'Nothing is collected',
  about: `No audit query of an organisation was answered for ${LONGEST_MINUTES} minutes: everything else here is blind meanwhile. Cannot be muted; closes by itself when an answer comes.`,
  severity: 'critical',
  runbook:
    'Look at Coverage for the reason, run `tallystick doctor`, and check the client’s credentials and the network. Records are kept by the platform; they are read when the way is free again.',
  controls: ['audit-completeness'],
  on: 'silence',
  unmutable: true,
  responses: [],
  judge(subject) {
    if (subject.minutes < LONGEST_MINUTES) return null;
    return {
      key: `${ID}/${subject.orgId}/${toIso(subject.since)}`,
      rule: ID,
      severity: 'critical',
      subject: { type: 'Organization', id: subject.orgId, name: subject.orgName },
      sentence: `Nothing was read from ${subject.orgName} since ${toIso(subject.since)}`,
      reasons: [
        subject.everRead
          ? `no audit query was answered for ${subject.minutes} minutes`
          : `no audit query was answered since it was connected ${subject.minutes} minutes ago`,
      ],
      occurredAt: subject.since,
      receivedAt: null,
      actor: null,
      changeIds: [],
      moveId: null,
      sessionId: null,
      divisionIds: [],
      responses: [],
      tell: ['operator', 'admin'],
      unmutable: true,
    };
  },
  examples: [
    {
      name: 'no answer for an hour and a half',
      subject: silence,
      finds: {
        severity: 'critical',
        says: /^Nothing was read from Northwind Contact since 2026-11-20T08:00:00Z$/,
        key: 'collector-silent/a0000000-0000-4000-8000-000000000001/2026-11-20T08:00:00Z',
      },
    },
    { name: 'a reading is late', subject: { ...silence, minutes: 89 }, finds: null },
  ],
};
export default rule;
