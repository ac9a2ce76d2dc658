import { COMPLIANCE, DECIDERS, EVERYBODY, type PermissionRule } from './permission-rule';

/** The part of the map about access, controls, exceptions and engagements. */
export const GOVERNING = {
  'people.read': {
    says: 'see the personnel list and how people were matched',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
  },
  'people.manage': {
    says: 'change how the personnel list is read and matched',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'access.read': {
    says: 'see who holds which access and what of it drifted',
    roles: COMPLIANCE,
    journal: 'auditor',
    kind: 'read',
  },
  'access.export': {
    says: 'export access and reviews',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'access.run': {
    says: 'start a reconciliation',
    roles: ['admin', 'officer', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'access_policy.write': {
    says: 'change which roles and divisions a person should hold',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'access_reviews.manage': {
    says: 'open and close access reviews',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'access_reviews.decide': {
    says: 'decide in access reviews',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
  'controls.read': { says: 'see controls', roles: EVERYBODY, journal: 'auditor', kind: 'read' },
  'controls.export': {
    says: 'export results of controls',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'controls.run': {
    says: 'run controls',
    roles: ['admin', 'officer', 'operator'],
    journal: 'always',
    kind: 'write',
  },
  'controls.configure': {
    says: 'change thresholds, mappings and applicability of controls',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'exceptions.read': {
    says: 'see exceptions',
    roles: EVERYBODY,
    journal: 'auditor',
    kind: 'read',
  },
  'exceptions.export': {
    says: 'export exceptions',
    roles: COMPLIANCE,
    journal: 'always',
    kind: 'read',
    limit: 'export',
  },
  'exceptions.decide': {
    says: 'triage, assign, comment on and decide about exceptions',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
  'exceptions.manage': {
    says: 'change the rules of exceptions',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'engagements.read': {
    says: 'see engagements',
    roles: ['admin', 'officer', 'auditor', 'privacy_officer'],
    journal: 'auditor',
    kind: 'read',
  },
  'engagements.manage': {
    says: 'open, change and end engagements',
    roles: ['admin', 'officer'],
    journal: 'always',
    kind: 'write',
  },
  'engagements.ask': {
    says: 'comment, and request and take samples, within an engagement',
    roles: ['admin', 'officer', 'auditor', 'privacy_officer'],
    journal: 'always',
    kind: 'write',
  },
  'engagements.answer': {
    says: 'answer an auditor',
    roles: DECIDERS,
    journal: 'always',
    kind: 'write',
  },
} as const satisfies Record<string, PermissionRule>;
