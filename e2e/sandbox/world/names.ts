/** The divisions at the beginning of the history. Renames and deletions are planted by `changes-of-name.ts`. */
export const DIVISIONS = [
  'Home',
  'EMEA Sales',
  'EMEA Support',
  'EMEA Restricted',
  'US Sales',
  'US Support',
  'US High Security',
  'Legacy Care',
  'Partner Pilot',
] as const;

/** Queues as name and division. */
export const QUEUES: readonly [string, string][] = [
  ['EMEA Sales Voice', 'EMEA Sales'],
  ['EMEA Sales Chat', 'EMEA Sales'],
  ['EMEA Renewals', 'EMEA Sales'],
  ['EMEA Support Voice', 'EMEA Support'],
  ['EMEA Support Chat', 'EMEA Support'],
  ['EMEA Support E-mail', 'EMEA Support'],
  ['EMEA Technical Desk', 'EMEA Support'],
  ['Private Clients Desk', 'EMEA Restricted'],
  ['Private Clients Callback', 'EMEA Restricted'],
  ['US Sales Voice', 'US Sales'],
  ['US Sales Chat', 'US Sales'],
  ['US Renewals', 'US Sales'],
  ['US Support Voice', 'US Support'],
  ['US Support Chat', 'US Support'],
  ['US Support E-mail', 'US Support'],
  ['US Technical Desk', 'US Support'],
  ['Card Payments', 'US High Security'],
  ['Card Disputes', 'US High Security'],
  ['Care General', 'Legacy Care'],
  ['Care Overflow', 'Legacy Care'],
  ['Partner Hotline', 'Partner Pilot'],
  ['Switchboard', 'Home'],
];

/** Names that break careless code: escapes, scripts, formulas, directions, lengths. */
export const ODD_NAMES: readonly string[] = [
  'Zürich Bücher & Söhne',
  '東京サポート 🎌',
  'خدمة العملاء',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("https://example.test","open")',
  '+SUM(1,1) queue',
  '-minus first',
  '@mention everyone',
  'tab\there',
  `A very long queue name ${'that goes on and on '.repeat(11)}to its end`,
  "O'Brien; DROP TABLE queues;--",
  '👩‍👩‍👧‍👦 family line',
];

export const SKILLS = [
  'Billing',
  'Refunds',
  'German',
  'French',
  'Dutch',
  'Spanish',
  'Polish',
  'Italian',
  'Portuguese',
  'Arabic',
  'Hardware',
  'Software',
  'Networking',
  'Renewals',
  'Upsell',
  'Complaints',
  'Fraud',
  'Cards',
  'Loans',
  'Onboarding',
  'Chat',
  'E-mail',
  'Voice',
  'Video',
  'Tier One',
  'Tier Two',
  'Escalation',
  'Private Clients',
] as const;

/** Flows as name, type and division. */
export const FLOWS: readonly [string, string, string][] = [
  ['EMEA Sales Inbound', 'INBOUNDCALL', 'EMEA Sales'],
  ['EMEA Support Inbound', 'INBOUNDCALL', 'EMEA Support'],
  ['EMEA Chat Entry', 'INBOUNDCHAT', 'EMEA Support'],
  ['Private Clients Inbound', 'INBOUNDCALL', 'EMEA Restricted'],
  ['US Sales Inbound', 'INBOUNDCALL', 'US Sales'],
  ['US Support Inbound', 'INBOUNDCALL', 'US Support'],
  ['US Chat Entry', 'INBOUNDCHAT', 'US Support'],
  ['Card Payment Capture', 'SECURECALL', 'US High Security'],
  ['Callback In Queue', 'INQUEUECALL', 'Home'],
  ['Holiday Check', 'COMMONMODULE', 'Home'],
  ['Survey Invite', 'SURVEYINVITE', 'Home'],
  ['Care Inbound', 'INBOUNDCALL', 'Legacy Care'],
];

export const TRUNKS = [
  'SBC-Madrid-1',
  'SBC-Madrid-2',
  'SBC-Dublin-1',
  'SBC-Dallas-1',
  'SBC-Dallas-2',
  'SBC-Legacy',
] as const;
export const TABLES = ['Opening hours', 'Holiday calendar', 'VIP routing'] as const;
export const GROUPS = [
  'Platform Team',
  'Telephony Team',
  'Flow Designers',
  'Security Team',
  'EMEA Supervisors',
  'US Supervisors',
  'Sales Operations',
  'Workforce Team',
  'QA Department',
  'Weekend Crew',
] as const;
