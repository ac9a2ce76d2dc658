import { userId } from '../world/build.ts';
import { DAY, isoSeconds } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';

/** One row of the personnel list, by the product's default column names. */
export type Employee = {
  employeeId: string;
  email: string;
  name: string;
  department: string;
  title: string;
  status: string;
  manager: string;
  authorizedDivision: string;
  authorizedRoles: string;
  terminatedAt: string;
};

/** A planted difference between the personnel list and the platform. */
export type Drift = {
  readonly kind:
    | 'leaver_active'
    | 'leaver_prompt'
    | 'division'
    | 'role'
    | 'privileged_role'
    | 'promoted'
    | 'inactive_employed'
    | 'unmatched'
    | 'ambiguous'
    | 'future_leaver'
    | 'rehired'
    | 'email_case';
  readonly userId: string | null;
  readonly name: string;
  readonly note: string /** What the person holds and should not: `account`, `division` or `role:<name>`; null where nothing is held wrongly. */;
  readonly right: string | null;
};

/** The personnel list as of the anchor, and the differences planted in it. */
export function personnel(world: World): { employees: Employee[]; drift: Drift[] } {
  const drift: Drift[] = [];
  const end = world.anchor - 1;
  const users = world.users
    .list(end)
    .filter((user) => user.state !== 'deleted')
    .sort((left, right) => (left.employeeId < right.employeeId ? -1 : 1));
  const agentsActive = users.filter((user) => !user.named && user.state === 'active');
  const leavers = new Set(agentsActive.slice(70, 74).map((user) => user.id));
  const unknownToHr = new Set(agentsActive.slice(74, 76).map((user) => user.id));
  const future = agentsActive[76]?.id;
  const rehired = agentsActive[77];
  const wrongDivision = new Set(agentsActive.slice(78, 82).map((user) => user.id));
  const employees: Employee[] = [];
  for (const user of users) {
    if (unknownToHr.has(user.id)) {
      drift.push({
        kind: 'unmatched',
        userId: user.id,
        name: user.name,
        note: 'no row in the personnel list',
        right: null,
      });
      continue;
    }
    const held = rolesHeld(world, user.id, end);
    const row: Employee = {
      employeeId: user.employeeId,
      email: user.email,
      name: user.name,
      department: user.department,
      title: user.title,
      status: 'Active',
      manager: user.manager,
      authorizedDivision: world.divisions.get(user.divisionId, end)?.name ?? '',
      authorizedRoles: held.join(';'),
      terminatedAt: '',
    };
    if (leavers.has(user.id)) {
      Object.assign(row, {
        status: 'Terminated',
        terminatedAt: isoSeconds(world.anchor - (5 + (employees.length % 20)) * DAY),
      });
      drift.push({
        kind: 'leaver_active',
        userId: user.id,
        name: user.name,
        note: `left ${row.terminatedAt}, still active`,
        right: 'account',
      });
    } else if (user.id === future) {
      Object.assign(row, { status: 'Terminated', terminatedAt: isoSeconds(world.anchor + 30 * DAY) });
      drift.push({
        kind: 'future_leaver',
        userId: user.id,
        name: user.name,
        note: 'leaves in the future: no leaver yet',
        right: null,
      });
    } else if (user.id === rehired?.id) {
      employees.push({
        ...row,
        employeeId: `${row.employeeId}-old`,
        status: 'Terminated',
        terminatedAt: isoSeconds(world.anchor - 40 * DAY),
      });
      drift.push({
        kind: 'rehired',
        userId: user.id,
        name: user.name,
        note: 'an older terminated row and an active one',
        right: null,
      });
    } else if (wrongDivision.has(user.id)) {
      const home = row.authorizedDivision;
      row.authorizedDivision = home === 'EMEA Sales' ? 'US Sales' : 'EMEA Sales';
      drift.push({
        kind: 'division',
        userId: user.id,
        name: user.name,
        note: `is in ${home}, authorised for ${row.authorizedDivision}`,
        right: 'division',
      });
    } else if (user.state === 'inactive') {
      drift.push({
        kind: 'inactive_employed',
        userId: user.id,
        name: user.name,
        note: 'inactive on the platform, employed according to HR',
        right: null,
      });
    }
    employees.push(row);
  }
  tamper(world, employees, drift);
  employees.push({
    employeeId: 'NW0090',
    email: 'otis.fairbanks@northwind.example.test',
    name: 'Otis Fairbanks',
    department: 'Sales',
    title: 'Agent',
    status: 'Terminated',
    manager: '',
    authorizedDivision: 'US Sales',
    authorizedRoles: 'employee;User',
    terminatedAt: isoSeconds(world.anchor - 24 * DAY + 16 * 3_600_000),
  });
  drift.push({
    kind: 'leaver_prompt',
    userId: userId(world, 'Otis Fairbanks'),
    name: 'Otis Fairbanks',
    note: 'left and was deleted ninety minutes later',
    right: null,
  });
  return { employees, drift };
}

/** Differences of single named people. */
function tamper(world: World, employees: Employee[], drift: Drift[]): void {
  const row = (name: string): Employee =>
    employees.find((employee) => employee.name === name) ?? employees[0]!;
  row('Derek Shaw').department = 'Customer Support';
  row('Derek Shaw').authorizedRoles = 'employee;User';
  drift.push({
    kind: 'role',
    userId: userId(world, 'Derek Shaw'),
    name: 'Derek Shaw',
    note: 'left Quality Assurance, still Quality Evaluator, directly and through a group',
    right: 'role:Quality Evaluator',
  });
  row('Andre Jackson').authorizedRoles = 'employee;User';
  drift.push({
    kind: 'role',
    userId: userId(world, 'Andre Jackson'),
    name: 'Andre Jackson',
    note: 'Queue Admin is not authorised any more',
    right: 'role:Queue Admin',
  });
  row('Hamza Qureshi').authorizedRoles = 'employee;Security Auditor';
  drift.push({
    kind: 'privileged_role',
    userId: userId(world, 'Hamza Qureshi'),
    name: 'Hamza Qureshi',
    note: 'Admin is not authorised',
    right: 'role:Admin',
  });
  row('Grace Okafor').title = 'Payments Supervisor';
  row('Grace Okafor').authorizedRoles = 'employee;Supervisor';
  drift.push({
    kind: 'promoted',
    userId: userId(world, 'Grace Okafor'),
    name: 'Grace Okafor',
    note: 'promoted to supervisor, keeps the agent role User',
    right: 'role:User',
  });
  row('Aoife Brennan').email = 'Aoife.Brennan@Northwind.example.test';
  row('Aoife Brennan').employeeId = '';
  drift.push({
    kind: 'email_case',
    userId: userId(world, 'Aoife Brennan'),
    name: 'Aoife Brennan',
    note: 'no employee id; the mail address differs in case only, so she matches',
    right: null,
  });
  for (const [name, home] of [
    ['Luis Ortega', 'Home'],
    ['Andre Jackson', 'US Sales'],
    ['Jonas Becker', 'Home'],
    ['Helene Dubois', 'EMEA Restricted'],
  ] as const) {
    row(name).authorizedDivision = home;
    drift.push({
      kind: 'division',
      userId: userId(world, name),
      name,
      note: 'moved by their own hand; HR knows nothing of it',
      right: 'division',
    });
  }
  const double = row('Bruno Alves');
  double.employeeId = '';
  employees.push({ ...double, employeeId: '', title: 'Contractor' });
  drift.push({
    kind: 'ambiguous',
    userId: userId(world, 'Bruno Alves'),
    name: 'Bruno Alves',
    note: 'two active rows with his address',
    right: null,
  });
}

/** The roles a person holds, directly or through a group, by name. */
function rolesHeld(world: World, id: string, at: number): string[] {
  const subjects = new Set([
    id,
    ...world.groups
      .list(at)
      .filter((group) => group.memberIds.includes(id))
      .map((group) => group.id),
  ]);
  const ids = world.grants
    .list(at)
    .filter((grant) => subjects.has(grant.subjectId))
    .map((grant) => grant.roleId);
  return [...new Set(ids)].map((roleId) => world.roles.get(roleId, at)?.name ?? '').sort();
}

/** The list as CSV, quoted where needed. */
export function asCsv(employees: readonly Employee[]): string {
  const columns: (keyof Employee)[] = [
    'employeeId',
    'email',
    'name',
    'department',
    'title',
    'status',
    'manager',
    'authorizedDivision',
    'authorizedRoles',
    'terminatedAt',
  ];
  const quote = (value: string): string =>
    /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return `${[columns.join(','), ...employees.map((employee) => columns.map((column) => quote(employee[column])).join(','))].join('\n')}\n`;
}
