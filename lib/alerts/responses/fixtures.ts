import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { divisionId, userId } from '@/e2e/sandbox/world/build';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import type { Policy } from '@/lib/auth/settings/policy';
import { insertUser } from '@/lib/auth/store/user-rows';
import type { Viewer } from '@/lib/auth/viewer';
import { genesysReader } from '@/lib/directory/genesys-reader';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import type { Concern, Finding, ProposedResponse } from '@/lib/findings/model/concern';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { readOrganization } from '@/lib/genesys/read-organization';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, SECOND_MS } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import type { GuardsContext } from './gather-facts';

/** A sandbox org over real HTTP, the product's database with its directory read, and people who decide. */
export type ResponseStage = {
  readonly sandbox: RunningSandbox;
  readonly database: TestDatabase;
  readonly orgId: string;
  readonly genesys: GenesysClient;
  readonly context: GuardsContext;
  idOf(name: string): string;
  stateOf(name: string): string | undefined;
  /** Has the person move themselves in the sandbox, and raises the finding as `self-move` would. */
  selfMove(name: string, more?: Partial<Concern>): Promise<Finding>;
  setPolicy(policy: Policy): Promise<void>;
  viewer(name: string, role?: Role): Promise<Viewer>;
  close(): Promise<void>;
};

const KINDS = ['division', 'user', 'role', 'grant', 'group', 'group_member', 'oauth_client'] as const;

/** Everything the responses need to be tried in earnest; `key` is the sandbox client the product speaks as. */
export async function responseStage(key: keyof typeof CLIENTS = 'responder'): Promise<ResponseStage> {
  const sandbox = await startSandbox();
  const database = await testDatabase();
  const { db } = database;
  const genesys = connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId: CLIENTS[key].id,
    clientSecret: CLIENTS[key].secret,
    clock: hurriedClock(),
  });
  const { id: orgId, name: orgName } = await readOrganization(genesys);
  await database.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, $2, 'sandbox', now())`,
    [orgId, orgName],
  );
  await takeSnapshot(db, { orgId, kinds: KINDS, reader: genesysReader(genesys), now: () => new Date() });
  const { world } = sandbox.state;
  const idOf = (name: string) => userId(world, name);
  let counter = 0;
  return {
    sandbox,
    database,
    orgId,
    genesys,
    context: { genesys, ownClientIds: new Set([CLIENTS[key].id]) },
    idOf,
    stateOf: (name) => world.users.get(idOf(name), Date.now())?.state,
    async selfMove(name, more = {}) {
      counter += 1;
      const target = { type: 'User', id: idOf(name), name };
      const from = world.users.get(target.id, Date.now())?.divisionId ?? '';
      sandbox.act('self-move', { actor: name, division: 'US High Security' });
      const to = world.users.get(target.id, Date.now())?.divisionId ?? divisionId(world, 'Home');
      const now = new Date();
      const responses: ProposedResponse[] = [
        { kind: 'deactivate_user', target },
        { kind: 'move_back', target, divisionFrom: to, divisionTo: from },
      ];
      const concern: Concern = {
        key: `self-move/mov_${counter}`,
        rule: 'self-move',
        severity: 'critical',
        subject: target,
        sentence: `${name} moved themselves to US High Security`,
        reasons: ['the moved person is the one who acted'],
        occurredAt: addMs(now, -5 * SECOND_MS),
        receivedAt: addMs(now, -SECOND_MS),
        actor: { kind: 'person', id: target.id, name },
        changeIds: [`change-${counter}`],
        moveId: `mov_${counter}`,
        sessionId: null,
        divisionIds: [from, to],
        responses,
        tell: ['officer'],
        unmutable: false,
        ...more,
      };
      const asked = { orgId, concerns: [concern], ruleSha256Of: () => 'ab'.repeat(32), now };
      const [finding] = await db.transaction((sql) => raiseFindings(sql, asked));
      if (finding === undefined) throw new Error('the finding was there already');
      return finding;
    },
    async setPolicy(policy) {
      const by = { actor: SYSTEM_ACTOR, now: new Date() };
      await db.transaction((sql) =>
        applyPolicy(sql, { policy, orgId: null, origin: 'person', sha256: '' }, by),
      );
    },
    async viewer(name, role = 'officer') {
      const email =
        world.users.get(idOf(name), Date.now())?.email ??
        `${name.toLowerCase().replace(/\W+/g, '.')}@example.test`;
      const id = `usr_${name.toLowerCase().replace(/\W+/g, '')}`;
      const user = {
        id,
        email,
        name,
        role,
        orgScope: null,
        state: 'active',
        createdAt: new Date(),
        lastSignInAt: null,
      } as const;
      await insertUser(db.sql, user);
      return { kind: 'person', id, name, role, orgIds: [orgId] };
    },
    async close() {
      await sandbox.close();
      await database.drop();
    },
  };
}
