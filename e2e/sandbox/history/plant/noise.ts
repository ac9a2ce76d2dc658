import { queueId, userId } from '../../world/build.ts';
import { agentName, namedPeople } from '../../world/cast.ts';
import { cycle, uuidOf } from '../../world/chance.ts';
import { ago, HISTORY_DAYS, MINUTE, SECOND } from '../../world/clock.ts';
import { automation, genesysSupport, nobody, person, platform, trustee } from '../actors.ts';
import type { Event } from '../planter.ts';
import type { Stage } from '../scene.ts';

/** Platform records a day: enough that more than half of all records are not accountable. */
const PLATFORM_PER_DAY = 42;
const READS_PER_DAY = 12;

/** The platform's own records: version bumps above all. */
export function plantPlatformNoise({ world, planter, chance }: Stage): void {
  for (let daysAgo = HISTORY_DAYS; daysAgo >= 1; daysAgo -= 1) {
    for (let slot = 0; slot < PLATFORM_PER_DAY; slot += 1) {
      const at =
        ago(world.anchor, daysAgo) +
        slot * 34 * MINUTE +
        chance.int(0, 33) * MINUTE +
        chance.int(0, 59) * SECOND;
      const name = agentName((daysAgo * 13 + slot) % 90);
      const target = { entityType: 'User', id: userId(world, name), name: '', nameAtEvent: name };
      const version = 10 + slot;
      const bump = [{ property: 'version', oldValues: [String(version)], newValues: [String(version + 1)] }];
      const common = { key: 'platform-noise', at, actor: platform(), target };
      if (slot % 7 === 3)
        planter.platform({
          ...common,
          service: 'ContactCenter',
          action: 'Update',
          target: { ...target, entityType: 'AgentRoutingInfo' },
        });
      else if (slot % 11 === 5)
        planter.platform({
          ...common,
          service: 'Directory',
          action: 'Update',
          changes: [...bump, { property: 'stateChangeTimestamp', oldValues: [''], newValues: ['1'] }],
        });
      else planter.platform({ ...common, service: 'Directory', action: 'Update', changes: bump });
    }
  }
}

/** Looking, exporting, running, signing in: USER level, yet never a change. */
export function plantReads({ world, planter, chance }: Stage): void {
  const people = namedPeople();
  const kinds: readonly [string, string, string][] = [
    ['PeoplePermissions', 'AuthUser', 'Authenticate'],
    ['PeoplePermissions', 'AuthUser', 'Authenticate'],
    ['AnalyticsReporting', 'Exports', 'Export'],
    ['Quality', 'Recording', 'Download'],
    ['PeoplePermissions', 'AuthUser', 'Authenticate'],
    ['ContactCenter', 'Queue', 'View'],
    ['Integrations', 'Action', 'Execute'],
    ['PeoplePermissions', 'AuthUser', 'AuthenticateImplicit'],
    ['ContentManagement', 'Document', 'Read'],
    ['LogCapture', 'Pcaps', 'StartCapture'],
    ['LogCapture', 'Pcaps', 'DownloadCapture'],
    ['Outbound', 'Campaign', 'Start'],
    ['Outbound', 'Campaign', 'Stop'],
  ];
  let n = 0;
  for (let daysAgo = HISTORY_DAYS; daysAgo >= 1; daysAgo -= 1) {
    for (let slot = 0; slot < READS_PER_DAY; slot += 1) {
      const at =
        ago(world.anchor, daysAgo, '06:30:00') +
        slot * 61 * MINUTE +
        chance.int(0, 50) * MINUTE +
        chance.int(0, 59) * SECOND;
      const somebody = cycle(people, n);
      const [service, entityType, action] = cycle(kinds, n);
      const isLogin = entityType === 'AuthUser';
      const target = isLogin
        ? { entityType, id: userId(world, somebody.name), name: somebody.name }
        : entityType === 'Queue'
          ? { entityType, id: queueId(world, 'Switchboard'), name: 'Switchboard' }
          : { entityType, id: uuidOf(world.seed, `${entityType}/${n % 9}`), name: `${entityType} ${n % 9}` };
      // A report export names its kind in the context, like the one official sample page.
      const context: Record<string, string> =
        action === 'Export' ? { ExportType: 'CSV', HasEmail: 'false' } : {};
      planter.read({
        key: 'read',
        at,
        actor: person(world, somebody.name),
        service,
        action,
        target,
        context,
      });
      n += 1;
    }
  }
}

/** What was tried and refused, what Genesys' own staff did, what a trusted organisation did, and grants nobody made. */
export function plantOutsiders({ world, planter, desk }: Stage): void {
  for (let index = 0; index < 60; index += 1) {
    const at = ago(world.anchor, 1 + ((index * 3) % HISTORY_DAYS), '12:07:00') + index * SECOND;
    const somebody = cycle(namedPeople(), index).name;
    const failed: [string, string] =
      index % 3 === 0 ? ['ContactCenter', 'Delete'] : ['PeoplePermissions', 'AuthenticationFailed'];
    const target =
      index % 3 === 0
        ? { entityType: 'Queue', id: queueId(world, 'Card Payments'), name: 'Card Payments' }
        : { entityType: 'AuthUser', id: userId(world, somebody), name: somebody };
    planter.failure({
      key: 'failure',
      at,
      actor: person(world, somebody),
      service: failed[0],
      action: failed[1],
      target,
    });
  }
  for (let index = 0; index < 14; index += 1) {
    const at = ago(world.anchor, 2 + index * 6, '23:12:00');
    planter.internal({
      key: 'genesys-internal',
      at,
      actor: genesysSupport(world),
      service: 'Telephony',
      action: 'Update',
      target: { entityType: 'Edge', id: uuidOf(world.seed, `edge/${index % 3}`), name: `Edge ${index % 3}` },
      changes: [{ property: 'softwareVersion', oldValues: ['1'], newValues: ['2'] }],
    });
  }
  for (let index = 0; index < 8; index += 1) {
    const at = ago(world.anchor, 4 + index * 10, '05:02:00');
    const event: Event = {
      key: 'trustee',
      at,
      actor: trustee(world),
      service: 'Outbound',
      action: 'Update',
      target: {
        entityType: 'Campaign',
        id: uuidOf(world.seed, `campaign/${index % 2}`),
        name: `Spring campaign ${index % 2}`,
      },
    };
    planter.change(event, index % 2 === 0 ? desk.jiraShared(at) : desk.none());
  }
  plantGrantsByNobody({ world, planter });
  const script = automation(world, 'scim');
  for (let index = 0; index < 12; index += 1) {
    const at = ago(world.anchor, 6 + index * 7, '00:40:00');
    planter.change(
      {
        key: 'unknown-script',
        at,
        actor: script,
        service: 'PeoplePermissions',
        action: 'Update',
        target: { entityType: 'OAuthClient', id: script.clientId, name: 'Unowned script' },
        changes: [
          { property: 'registeredRedirectUri', oldValues: [], newValues: ['https://script.example.test'] },
        ],
        marks: ['unknown-script'],
      },
      desk.none(),
    );
  }
}

/** Six grants by the platform with no USER record behind them, and six whose cause stands in the context. */
function plantGrantsByNobody({ world, planter }: Pick<Stage, 'world' | 'planter'>): void {
  const role = uuidOf(world.seed, 'role/Master Admin');
  for (let index = 0; index < 12; index += 1) {
    const orphan = index < 6;
    const member = userId(world, agentName(60 + index));
    const at = ago(world.anchor, 8 + index * 6, '03:05:00');
    const target = {
      entityType: 'Role',
      id: role,
      name: `${member}--${role}--${world.orgId}`,
      nameAtEvent: 'Master Admin',
    };
    const context: Record<string, string> = orphan ? {} : { userid: userId(world, 'Dana Whitfield') };
    planter.platform({
      key: 'system-grant',
      at,
      actor: orphan ? nobody() : platform(),
      service: 'PeoplePermissions',
      action: 'MemberAdd',
      target,
      context,
      marks: orphan ? ['grant-by-nobody', 'high-risk'] : ['grant-explained-by-context'],
    });
  }
}
