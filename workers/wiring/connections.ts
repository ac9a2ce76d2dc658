import { policyAt } from '@/lib/auth/settings/apply-policy';
import { noteOrganization } from '@/lib/auth/settings/organizations';
import type { Policy } from '@/lib/auth/settings/policy';
import { resolveSources } from '@/lib/auth/settings/resolve-sources';
import type { GenesysSource, SourceConfig } from '@/lib/auth/settings/source-config';
import type { ScheduleSource } from '@/lib/connectors/schedule-source';
import { gitRepositories } from '@/lib/connectors/vendors/git/git';
import { gitHub } from '@/lib/connectors/vendors/github/github';
import { gitLab } from '@/lib/connectors/vendors/gitlab/gitlab';
import { jiraCloud } from '@/lib/connectors/vendors/jira/jira';
import { serviceNowSchedules } from '@/lib/connectors/vendors/servicenow/schedules';
import { serviceNow } from '@/lib/connectors/vendors/servicenow/servicenow';
import type { Database } from '@/lib/db/connection';
import type { Env } from '@/lib/env/load-env';
import { type ConnectOptions, connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { readOrganization } from '@/lib/genesys/read-organization';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { messageOf } from '@/lib/kernel/errors';
import { sha256Hex } from '@/lib/kernel/hash';
import type { LinkSources } from '@/lib/linking/sources';

/** One organisation with what its data comes from. */
export type Connection = {
  readonly orgId: string;
  readonly orgName: string;
  readonly sourceId: string;
  readonly genesys: GenesysClient;
  /** The client that carries out responses; the reading one where none of its own is configured. */
  readonly responder: GenesysClient;
  readonly links: LinkSources;
  /** Where change schedules are read; null where no ServiceNow is configured. */
  readonly schedules: ScheduleSource | null;
  readonly policy: Policy;
};

export type ConnectionFailure = {
  readonly sourceId: string;
  readonly name: string;
  readonly because: string;
};
export type Connected = {
  readonly connections: readonly Connection[];
  readonly failures: readonly ConnectionFailure[];
  readonly sources: readonly SourceConfig[];
};

/**
 * The organisations that can be reached now. Clients are kept between calls, one for each organisation, so that tokens are
 * not asked for anew each time; a source that was changed gets a new client.
 */
export class Connections {
  private readonly clients = new Map<string, GenesysClient>();
  private readonly links = new Map<string, LinkSources>();

  constructor(
    private readonly db: Database,
    private readonly env: Env,
    private readonly cacheDir: string,
    private readonly genesys: Pick<ConnectOptions, 'clock' | 'limits'> = {},
  ) {}

  /** Asks every Genesys source which organisation it belongs to. Paused organisations are left out. Never throws for one source. */
  async reach(signal?: AbortSignal): Promise<Connected> {
    const sources = await resolveSources(this.db, this.env);
    const connections: Connection[] = [];
    const failures: ConnectionFailure[] = [];
    for (const source of sources.filter((one) => one.kind === 'genesys')) {
      try {
        const connection = await this.reachOne(source, sources, signal);
        if (connection !== null) connections.push(connection);
      } catch (error) {
        failures.push({ sourceId: source.id, name: source.name, because: messageOf(error) });
      }
    }
    return { connections, failures, sources };
  }

  /** The client that carries out responses in one organisation; null where no source leads there now. */
  async responderIn(orgId: string, signal?: AbortSignal): Promise<GenesysClient | null> {
    const { connections } = await this.reach(signal);
    return connections.find((one) => one.orgId === orgId)?.responder ?? null;
  }

  /** The OAuth clients this process has spoken with, whatever the organisation: none of them may ever be disabled by us. */
  ownClientIds(): ReadonlySet<string> {
    return new Set([...this.clients.values()].map((client) => client.clientId));
  }

  private async reachOne(
    source: GenesysSource,
    sources: readonly SourceConfig[],
    signal: AbortSignal | undefined,
  ): Promise<Connection | null> {
    const genesys = this.clientOf(source);
    const seen = await readOrganization(genesys, signal ? { signal } : {});
    const now = new Date();
    const organization = await this.db.transaction((sql) =>
      noteOrganization(
        sql,
        {
          id: seen.id,
          name: seen.name,
          domain: seen.domain,
          region: source.region ?? source.gatewayUrl ?? '',
          sourceId: source.id,
        },
        { actor: SYSTEM_ACTOR, now },
      ),
    );
    if (organization.state === 'paused') return null;
    const policy = await policyAt(this.db.sql, { orgId: organization.id, at: now });
    return {
      orgId: organization.id,
      orgName: organization.name,
      sourceId: source.id,
      genesys,
      responder: this.responderOf(source) ?? genesys,
      links: this.linksOf(organization.id, sources, policy),
      schedules: schedulesOf(organization.id, sources),
      policy,
    };
  }

  private clientOf(source: GenesysSource): GenesysClient {
    const { clientId, clientSecret } = source;
    return kept(this.clients, source, () => this.connect(source, { clientId, clientSecret }));
  }

  private responderOf(source: GenesysSource): GenesysClient | null {
    const { responderClientId: clientId, responderClientSecret: clientSecret } = source;
    if (clientId === null || clientSecret === null) return null;
    return kept(this.clients, { responderOf: source }, () =>
      this.connect(source, { clientId, clientSecret }),
    );
  }

  private connect(
    { region, gatewayUrl }: GenesysSource,
    credentials: { readonly clientId: string; readonly clientSecret: string },
  ): GenesysClient {
    return connectGenesys({
      ...(region ? { region } : {}),
      ...(gatewayUrl ? { gatewayUrl } : {}),
      ...credentials,
      ...this.genesys,
    });
  }

  private linksOf(orgId: string, sources: readonly SourceConfig[], policy: Policy): LinkSources {
    const mine = sources.filter((one) => one.orgId === null || one.orgId === orgId);
    const jira = mine.find((one) => one.kind === 'jira');
    const servicenow = mine.find((one) => one.kind === 'servicenow');
    const git = mine.flatMap((one) => (one.kind === 'git' ? one.repositories : []));
    const github = mine.filter((one) => one.kind === 'github');
    const gitlab = mine.filter((one) => one.kind === 'gitlab');
    const approved = policy.approvedStatuses;
    const hosts = [...github.map((one) => gitHub(one)), ...gitlab.map((one) => gitLab(one))];
    return kept(this.links, { jira, servicenow, git, github, gitlab, approved }, () => ({
      jira: jira
        ? jiraCloud({ ...jira, ...(approved ? { words: { approvedStatuses: approved } } : {}) })
        : null,
      servicenow: servicenow ? serviceNow(servicenow) : null,
      reviewHosts: hosts,
      git:
        git.length > 0
          ? gitRepositories({
              repositories: git,
              dataDir: this.cacheDir,
              hosts,
            })
          : null,
    }));
  }
}

/** Schedules are read once a pass: no client is kept for them. */
function schedulesOf(orgId: string, sources: readonly SourceConfig[]): ScheduleSource | null {
  const source = sources.find(
    (one) => one.kind === 'servicenow' && (one.orgId === null || one.orgId === orgId),
  );
  return source?.kind === 'servicenow' ? serviceNowSchedules(source) : null;
}

/** What was made for this very configuration before, or a new one. The key is a hash: configurations hold secrets. */
function kept<T>(store: Map<string, T>, configuration: unknown, make: () => T): T {
  const key = sha256Hex(JSON.stringify(configuration));
  const made = store.get(key) ?? make();
  store.set(key, made);
  return made;
}
