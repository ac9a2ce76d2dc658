import type { Timeline } from './timeline.ts';

/** Who acted, in the words of the product's contract. */
export type ActorKind = 'person' | 'automation' | 'platform' | 'external' | 'unknown';

export type Division = { id: string; name: string; description: string; homeDivision: boolean };

export type User = {
  id: string;
  name: string;
  email: string;
  divisionId: string;
  state: 'active' | 'inactive' | 'deleted';
  version: number;
  department: string;
  title: string;
  employeeId: string;
  manager: string;
  lastLoginAt: number | null;
  lastTokenAt: number | null;
  stateChangedAt: number | null;
  stateChangeReason: string;
  skillIds: string[];
  named: boolean;
};

export type Role = {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  permissions: string[];
};

export type SubjectType = 'PC_USER' | 'PC_GROUP' | 'PC_OAUTH_CLIENT' | 'PC_TRUSTEE_USER';

/** One right of one subject; `divisionId` is `*` for all divisions. */
export type Grant = {
  subjectId: string;
  subjectType: SubjectType;
  roleId: string;
  divisionId: string;
  madeAt: number;
};

export type Group = {
  id: string;
  name: string;
  rolesEnabled: boolean;
  version: number;
  memberIds: string[];
  ownerIds: string[];
};

export type Queue = {
  id: string;
  name: string;
  divisionId: string;
  description: string;
  memberIds: string[];
  version: number;
};

/** Skills, data tables, integrations, sites: objects of which only the name matters here. */
export type Thing = {
  id: string;
  name: string;
  divisionId?: string;
  state?: string;
  body?: Record<string, unknown>;
};

export type FlowVersion = {
  version: string;
  publishedAt: number;
  byUserId: string | null;
  byClientId: string | null;
};

export type Flow = {
  id: string;
  name: string;
  type: string;
  divisionId: string;
  description: string;
  versions: FlowVersion[];
};

export type OAuthClient = {
  id: string;
  name: string;
  description: string;
  grantType: 'CLIENT-CREDENTIALS' | 'CODE' | 'TOKEN';
  state: 'active' | 'disabled' | 'inactive';
  roleIds: string[];
  createdAt: number;
  modifiedAt: number;
  createdBy: string;
  validitySeconds: number;
  /** Never listed by the API; held so that the token endpoint can check it. */
  secret: string;
};

export type Trunk = { id: string; name: string; trunkType: string; baseId: string; inService: boolean };

/** All that one organisation holds, each kind as versions over time. */
export type World = {
  readonly seed: number;
  readonly anchor: number;
  readonly orgId: string;
  readonly genesysOrgId: string;
  readonly trusteeOrgId: string;
  readonly divisions: Timeline<Division>;
  readonly users: Timeline<User>;
  readonly roles: Timeline<Role>;
  readonly grants: Timeline<Grant>;
  readonly groups: Timeline<Group>;
  readonly queues: Timeline<Queue>;
  readonly skills: Timeline<Thing>;
  readonly flows: Timeline<Flow>;
  readonly trunks: Timeline<Trunk>;
  readonly trunkBases: Timeline<Thing>;
  readonly oauthClients: Timeline<OAuthClient>;
  readonly integrations: Timeline<Thing>;
  readonly actions: Timeline<Thing>;
  readonly dataTables: Timeline<Thing>;
  readonly edgeGroups: Timeline<Thing>;
  readonly sites: Timeline<Thing>;
  readonly settings: Map<string, unknown>;
};
