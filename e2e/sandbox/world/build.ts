import { grant, plantAccess, roleId } from './access.ts';
import { AGENT_DIVISIONS, agentName, mailOf, namedPeople } from './cast.ts';
import { cycle, uuidOf } from './chance.ts';
import { DAY, HOUR } from './clock.ts';
import { plantEquipment } from './equipment.ts';
import { DIVISIONS, FLOWS, GROUPS, ODD_NAMES, QUEUES, SKILLS } from './names.ts';
import { plantSettings } from './settings.ts';
import type { User, World } from './shapes.ts';
import { ALWAYS, Timeline } from './timeline.ts';

/** How many plain agents fill the directory beyond the named people. */
export const AGENTS = 112;
const INACTIVE_AGENTS = 9;
const DELETED_AGENTS = 7;

/** The organisation as it stood before the history begins. */
export function buildWorld(seed: number, anchor: number): World {
  const world: World = {
    seed,
    anchor,
    orgId: uuidOf(seed, 'org/northwind'),
    genesysOrgId: uuidOf(seed, 'org/genesys'),
    trusteeOrgId: uuidOf(seed, 'org/contoso-services'),
    divisions: new Timeline(),
    users: new Timeline(),
    roles: new Timeline(),
    grants: new Timeline(),
    groups: new Timeline(),
    queues: new Timeline(),
    skills: new Timeline(),
    flows: new Timeline(),
    trunks: new Timeline(),
    trunkBases: new Timeline(),
    oauthClients: new Timeline(),
    integrations: new Timeline(),
    actions: new Timeline(),
    dataTables: new Timeline(),
    edgeGroups: new Timeline(),
    sites: new Timeline(),
    settings: new Map(),
  };
  plantDivisions(world);
  plantAccess(world);
  plantPeople(world);
  plantGroups(world);
  plantQueues(world);
  plantFlows(world);
  plantEquipment(world);
  plantSettings(world);
  return world;
}

export function divisionId(world: World, name: string): string {
  return uuidOf(world.seed, `division/${name}`);
}

export function userId(world: World, name: string): string {
  return uuidOf(world.seed, `user/${name}`);
}

export function queueId(world: World, name: string): string {
  return uuidOf(world.seed, `queue/${name}`);
}

function plantDivisions(world: World): void {
  for (const name of DIVISIONS) {
    const id = divisionId(world, name);
    world.divisions.set(id, ALWAYS, {
      id,
      name,
      description: name === 'Home' ? 'Home division' : `${name} of Northwind Contact`,
      homeDivision: name === 'Home',
    });
  }
}

function plantPeople(world: World): void {
  namedPeople().forEach((person, index) => {
    const user = newUser(world, {
      name: person.name,
      number: index + 1,
      division: person.division,
      department: person.department,
      title: person.title,
    });
    user.named = true;
    world.users.set(user.id, ALWAYS, user);
    for (const role of ['employee', ...person.roles]) {
      const everywhere = person.division === 'Home';
      grant(world, {
        subjectId: user.id,
        subjectType: 'PC_USER',
        roleId: roleId(world, role),
        divisionId: everywhere ? '*' : user.divisionId,
        madeAt: world.anchor - (200 + index) * DAY,
      });
    }
  });
  for (let index = 0; index < AGENTS; index += 1) {
    const division = cycle(AGENT_DIVISIONS, index);
    const user = newUser(world, {
      name: agentName(index),
      number: 101 + index,
      division,
      department: division.includes('Sales') ? 'Sales' : 'Customer Support',
      title: 'Agent',
    });
    if (index >= AGENTS - INACTIVE_AGENTS - DELETED_AGENTS)
      user.state = index >= AGENTS - DELETED_AGENTS ? 'deleted' : 'inactive';
    if (user.state !== 'active') user.stateChangedAt = world.anchor - (100 + index) * DAY;
    world.users.set(user.id, ALWAYS, user);
    if (user.state === 'deleted') continue;
    for (const role of ['employee', 'User']) {
      grant(world, {
        subjectId: user.id,
        subjectType: 'PC_USER',
        roleId: roleId(world, role),
        divisionId: user.divisionId,
        madeAt: world.anchor - (150 + index) * DAY,
      });
    }
  }
}

/** A directory person in the state `active`, with logins shortly before the anchor. */
export function newUser(
  world: World,
  person: { name: string; number: number; division: string; department: string; title: string },
): User {
  return {
    id: userId(world, person.name),
    name: person.name,
    email: mailOf(person.name),
    divisionId: divisionId(world, person.division),
    state: 'active',
    version: 10 + (person.number % 30),
    department: person.department,
    title: person.title,
    employeeId: `NW${String(person.number).padStart(4, '0')}`,
    manager:
      person.title === 'Agent'
        ? 'ingrid.sorensen@northwind.example.test'
        : 'dana.whitfield@northwind.example.test',
    lastLoginAt: world.anchor - (person.number % 9) * DAY - 8 * HOUR,
    lastTokenAt: world.anchor - (person.number % 9) * DAY - 7 * HOUR,
    stateChangedAt: null,
    stateChangeReason: 'Unknown',
    skillIds: [],
    named: false,
  };
}

function plantGroups(world: World): void {
  const people = namedPeople();
  for (const name of GROUPS) {
    const id = uuidOf(world.seed, `group/${name}`);
    const memberIds = people
      .filter((person) => person.groups.includes(name))
      .map((person) => userId(world, person.name));
    world.groups.set(id, ALWAYS, {
      id,
      name,
      rolesEnabled: name === 'Telephony Team' || name === 'QA Department',
      version: 3,
      memberIds,
      ownerIds: [userId(world, 'Dana Whitfield')],
    });
  }
  grant(world, {
    subjectId: uuidOf(world.seed, 'group/Telephony Team'),
    subjectType: 'PC_GROUP',
    roleId: roleId(world, 'Telephony Admin'),
    divisionId: '*',
    madeAt: world.anchor - 180 * DAY,
  });
  grant(world, {
    subjectId: uuidOf(world.seed, 'group/QA Department'),
    subjectType: 'PC_GROUP',
    roleId: roleId(world, 'Quality Evaluator'),
    divisionId: '*',
    madeAt: world.anchor - 180 * DAY,
  });
}

function plantQueues(world: World): void {
  const agents = world.users
    .list(world.anchor)
    .filter((user) => user.title === 'Agent' && user.state === 'active');
  const rows: [string, string][] = [...QUEUES, ...ODD_NAMES.map((name): [string, string] => [name, 'Home'])];
  rows.forEach(([name, division], index) => {
    const id = queueId(world, name);
    const home = divisionId(world, division);
    const memberIds = agents
      .filter((agent, position) => agent.divisionId === home || (position + index) % 29 === 0)
      .map((agent) => agent.id);
    world.queues.set(id, ALWAYS, {
      id,
      name,
      divisionId: home,
      description: '',
      memberIds,
      version: 1 + (index % 5),
    });
  });
  for (const name of SKILLS) {
    const id = uuidOf(world.seed, `skill/${name}`);
    world.skills.set(id, ALWAYS, { id, name, state: 'active' });
  }
}

function plantFlows(world: World): void {
  for (const [name, type, division] of FLOWS) {
    const id = uuidOf(world.seed, `flow/${name}`);
    world.flows.set(id, ALWAYS, {
      id,
      name,
      type,
      divisionId: divisionId(world, division),
      description: '',
      versions: [
        {
          version: '1.0',
          publishedAt: world.anchor - 120 * DAY,
          byUserId: userId(world, 'Mei Tanaka'),
          byClientId: null,
        },
      ],
    });
  }
}
