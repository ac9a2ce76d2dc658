/** A named person: name, department, title, division, roles beyond employee, groups, address they work from. */
export type CastMember = {
  readonly name: string;
  readonly department: string;
  readonly title: string;
  readonly division: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
};

const ROWS = `
Dana Whitfield|IT Operations|Platform Owner|Home|Master Admin|Platform Team
Marek Kowalczyk|IT Operations|Platform Engineer|Home|Admin|Platform Team
Ana Ruiz|IT Operations|Telephony Engineer|Home|Telephony Admin|Telephony Team
Tobias Lindqvist|IT Operations|Telephony Engineer|Home|Telephony Admin|Telephony Team
Priya Nair|IT Operations|Release Manager|Home|Admin|Platform Team
Jonas Becker|IT Operations|Automation Engineer|Home|Architect Designer|Platform Team
Mei Tanaka|IT Operations|Flow Designer|Home|Architect Designer|Flow Designers
Oluwaseun Adeyemi|IT Operations|Flow Designer|Home|Architect Designer|Flow Designers
Claire Fontaine|Information Security|Security Analyst|Home|Security Auditor|Security Team
Hamza Qureshi|Information Security|Security Lead|Home|Security Auditor;Admin|Security Team
Greta Holm|Human Resources|People Partner|Home|User|
Luis Ortega|Human Resources|People Systems|Home|User|
Sofia Marchetti|Sales|Sales Director|EMEA Sales|Supervisor|EMEA Supervisors
Pieter de Vries|Sales|Team Lead|EMEA Sales|Supervisor|EMEA Supervisors
Katarzyna Nowak|Sales|Team Lead|EMEA Sales|Supervisor|EMEA Supervisors
Aoife Brennan|Sales|Sales Operations|EMEA Sales|Queue Admin|Sales Operations
Bruno Alves|Sales|Sales Operations|EMEA Sales|Queue Admin|Sales Operations
Ingrid Sorensen|Customer Support|Support Director|EMEA Support|Supervisor|EMEA Supervisors
Yusuf Demir|Customer Support|Team Lead|EMEA Support|Supervisor|EMEA Supervisors
Elena Petrova|Customer Support|Team Lead|EMEA Support|Supervisor|EMEA Supervisors
Tom Ashworth|Customer Support|Workforce Planner|EMEA Support|Workforce Admin|Workforce Team
Nadia Benali|Customer Support|Knowledge Editor|EMEA Support|Queue Admin|
Fabian Keller|Private Clients|Desk Head|EMEA Restricted|Supervisor|EMEA Supervisors
Helene Dubois|Private Clients|Desk Specialist|EMEA Restricted|User|
Marcus Webb|Sales|Sales Director|US Sales|Supervisor|US Supervisors
Tiffany Nguyen|Sales|Team Lead|US Sales|Supervisor|US Supervisors
Andre Jackson|Sales|Sales Operations|US Sales|Queue Admin|Sales Operations
Rachel Goldberg|Sales|Sales Operations|US Sales|Queue Admin|Sales Operations
Diego Fuentes|Customer Support|Support Director|US Support|Supervisor|US Supervisors
Hannah Price|Customer Support|Team Lead|US Support|Supervisor|US Supervisors
Samir Patel|Customer Support|Team Lead|US Support|Supervisor|US Supervisors
Molly Carver|Customer Support|Workforce Planner|US Support|Workforce Admin|Workforce Team
Victor Chen|Payments|Payments Lead|US High Security|Supervisor|US Supervisors
Grace Okafor|Payments|Payments Specialist|US High Security|User|
Ruth Abernathy|Quality Assurance|Quality Manager|Home|Quality Administrator|QA Department
Paolo Ricci|Quality Assurance|Quality Evaluator|EMEA Support|Quality Evaluator|QA Department
Lena Vogt|Quality Assurance|Quality Evaluator|EMEA Sales|Quality Evaluator|QA Department
Derek Shaw|Quality Assurance|Quality Evaluator|US Support|Quality Evaluator|QA Department
Imani Brooks|Quality Assurance|Quality Evaluator|US Sales|Quality Evaluator|QA Department
Wanda Pryce|Customer Care|Care Manager|Legacy Care|Supervisor|US Supervisors
`;

const FIRST = [
  'Adam',
  'Bea',
  'Carl',
  'Doris',
  'Emil',
  'Farah',
  'Gus',
  'Hilda',
  'Ivan',
  'June',
  'Kofi',
  'Lara',
  'Milo',
  'Nina',
  'Otto',
  'Petra',
  'Quinn',
  'Rosa',
  'Sven',
  'Tara',
  'Uma',
  'Vera',
];
const LAST = [
  'Archer',
  'Bell',
  'Cole',
  'Dahl',
  'Engel',
  'Frost',
  'Grant',
  'Hale',
  'Ibsen',
  'Jung',
  'Kaye',
  'Lund',
  'Moss',
  'North',
  'Olsen',
  'Penn',
  'Reed',
  'Stone',
  'Thorne',
  'Upton',
  'Vance',
  'Wren',
];

/** The divisions in which plain agents sit. */
export const AGENT_DIVISIONS = [
  'EMEA Sales',
  'EMEA Support',
  'EMEA Restricted',
  'US Sales',
  'US Support',
  'US High Security',
  'Legacy Care',
] as const;

/** The forty named people. */
export function namedPeople(): CastMember[] {
  return ROWS.trim()
    .split('\n')
    .map((line) => {
      const [name = '', department = '', title = '', division = '', roles = '', groups = ''] =
        line.split('|');
      return { name, department, title, division, roles: list(roles), groups: list(groups) };
    });
}

/** The name of the n-th agent: 22 x 22 pairs, so no two of a few hundred are alike. */
export function agentName(position: number): string {
  const first = FIRST[position % FIRST.length] ?? '';
  const last = LAST[(position + Math.floor(position / FIRST.length) * 5) % LAST.length] ?? '';
  return `${first} ${last}`;
}

/** A mail address in the reserved domain. */
export function mailOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .trim()
    .toLowerCase()
    .replace(/ +/g, '.');
  return `${plain}@northwind.example.test`;
}

function list(text: string): string[] {
  return text.split(';').filter((part) => part !== '');
}
