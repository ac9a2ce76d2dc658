import type { AccessSettings } from './subject';

/** What access is judged by where an organisation says nothing else. */
export const DEFAULT_ACCESS_SETTINGS: AccessSettings = {
  leaverHours: 24,
  dormantDays: 90,
  emergencyDays: 7,
  leadingTitles: ['supervisor', 'team lead', 'team leader', 'manager', 'director', 'head'],
  duties: [
    {
      id: 'clients-and-grants',
      says: 'create or change OAuth clients and grant roles',
      one: 'oauth:client:edit',
      other: 'authorization:grant:add',
    },
  ],
};
