import type { Commit, CommitAnswer } from '@/lib/connectors/model/commit';
import type { ReadTicket, TicketSource } from '@/lib/connectors/ticket-source';
import type { Evaluated } from '@/lib/kernel/outcome';
import { type Citation, citationKey as keyOf } from './model/citation';
import type { Finding } from './model/claim';
import type { LinkSources } from './sources';
import type { KeptTicket } from './store/kept-tickets';
import type { Lookup, TicketToKeep } from './store/sources-read';

/** More findings than this are forgotten before the next batch: memory does not grow with the number of tickets. */
const MAX_FINDINGS = 5_000;

/** What looking up a batch of citations brought, to be kept in the transaction that uses it. */
export type LookedUp = {
  readonly tickets: readonly TicketToKeep[];
  readonly commits: readonly Commit[];
  readonly lookups: readonly Lookup[];
};

/** What a desk knows besides what it asks for. */
export type DeskKnowledge = {
  /** What was read of tickets that may not be there any more. */
  readonly keptOf?: (
    system: 'jira' | 'servicenow',
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, KeptTicket>>;
};

/** Looks citations up, each once in a batch and a few thousand in a row; a run has one desk, so that it hardly asks twice. */
export interface LookupDesk {
  /** Asks for everything new among the citations. Outside any transaction. */
  lookUp(citations: readonly Citation[]): Promise<LookedUp>;
  /** What a citation came to; null where it is none: a Jira-shaped word of no project, or digits that no repository could resolve. */
  findingOf(citation: Citation): Finding | null;
  /** Systems that could not be reached, and why. */
  readonly down: ReadonlyMap<string, string>;
}

/** A desk over the sources. After a call in which a system answered nothing it is not asked again by this desk. */
export function lookupDesk(sources: LinkSources, knowledge: DeskKnowledge = {}): LookupDesk {
  const findings = new Map<string, Finding | null>();
  const projects = new Map<string, Evaluated<boolean>>();
  const down = new Map<string, string>();

  async function lookUpTickets(
    system: 'jira' | 'servicenow',
    citations: readonly Citation[],
    kept: Keeping,
  ): Promise<void> {
    const source = sources[system];
    const asked =
      system === 'jira' && source !== null ? await ofKnownProjects(source, citations, kept) : citations;
    if (asked.length === 0) return;
    if (source === null) {
      // Without a site no project is known, so a word that looks like a key is none; a change number is one anyway.
      for (const one of asked)
        findings.set(
          keyOf(one),
          system === 'jira' ? null : { kind: 'not_evaluated', because: 'no ServiceNow is configured' },
        );
      return;
    }
    const reason = down.get(system);
    const answers =
      reason === undefined
        ? await source.findTickets(asked.map((one) => one.reference))
        : new Map<string, Evaluated<ReadTicket | null>>();
    const absent = asked.filter((one) => isAbsent(answers.get(one.reference))).map((one) => one.reference);
    const gone = absent.length === 0 ? undefined : await knowledge.keptOf?.(system, absent);
    for (const one of asked) {
      const answer = answers.get(one.reference);
      if (answer?.kind !== 'known') {
        const because = answer?.because ?? reason ?? 'not asked';
        findings.set(keyOf(one), { kind: 'not_evaluated', because });
        kept.lookups.push({ system, key: one.reference, outcome: { failed: because } });
      } else if (answer.value === null) {
        findings.set(keyOf(one), absentFinding(gone?.get(one.reference)));
        kept.lookups.push({ system, key: one.reference, outcome: 'not_found' });
      } else {
        findings.set(keyOf(one), { kind: 'ticket', ticket: answer.value.ticket });
        kept.tickets.push(answer.value);
        kept.lookups.push({ system, key: one.reference, outcome: 'found' });
      }
    }
    markDown(system, [...answers.values()]);
  }

  async function ofKnownProjects(
    source: TicketSource,
    citations: readonly Citation[],
    kept: Keeping,
  ): Promise<Citation[]> {
    const wanted: Citation[] = [];
    for (const one of citations) {
      const prefix = one.project ?? '';
      const known = projects.get(prefix) ?? (await askProject(source, prefix));
      if (known.kind === 'known') projects.set(prefix, known);
      if (known.kind !== 'known') {
        findings.set(keyOf(one), { kind: 'not_evaluated', because: known.because });
        kept.lookups.push({ system: 'jira', key: one.reference, outcome: { failed: known.because } });
      } else if (known.value) wanted.push(one);
      else findings.set(keyOf(one), null);
    }
    return wanted;
  }

  async function askProject(source: TicketSource, prefix: string): Promise<Evaluated<boolean>> {
    const reason = down.get('jira');
    if (reason !== undefined) return { kind: 'not_evaluated', because: reason };
    const answer = await source.knowsProject(prefix);
    if (answer.kind === 'not_evaluated') down.set('jira', answer.because);
    return answer;
  }

  async function lookUpCommits(citations: readonly Citation[], kept: Keeping): Promise<void> {
    if (citations.length === 0) return;
    if (sources.git === null) {
      for (const one of citations)
        findings.set(
          keyOf(one),
          one.certain ? { kind: 'not_evaluated', because: 'no repository is configured' } : null,
        );
      return;
    }
    const answers = await sources.git.findCommits(citations.map((one) => one.reference));
    for (const one of citations) {
      const answer = answers.get(one.reference);
      if (answer?.kind === 'known') {
        findings.set(keyOf(one), findingOfCommit(answer.value));
        if (answer.value.kind === 'found') kept.commits.push(answer.value.commit);
        // Of digits that turned out to be no citation nothing is kept.
        if (answer.value.kind === 'found' || one.certain)
          kept.lookups.push({ system: 'git', key: one.reference, outcome: answer.value.kind });
      } else {
        const because = answer?.because ?? 'not asked';
        findings.set(keyOf(one), { kind: 'not_evaluated', because });
        down.set('git', because);
        kept.lookups.push({ system: 'git', key: one.reference, outcome: { failed: because } });
      }
    }
  }

  function markDown(system: string, answers: readonly Evaluated<unknown>[]): void {
    const failures = answers.filter((answer) => answer.kind === 'not_evaluated');
    const first = failures[0];
    if (first?.kind === 'not_evaluated' && failures.length === answers.length)
      down.set(system, first.because);
  }

  return {
    down,
    async lookUp(citations) {
      const kept: Keeping = { tickets: [], commits: [], lookups: [] };
      if (findings.size > MAX_FINDINGS) findings.clear();
      const fresh = [...new Map(citations.map((one) => [keyOf(one), one])).values()].filter(
        (one) => !findings.has(keyOf(one)),
      );
      await lookUpTickets(
        'jira',
        fresh.filter((one) => one.kind === 'jira'),
        kept,
      );
      await lookUpTickets(
        'servicenow',
        fresh.filter((one) => one.kind === 'servicenow'),
        kept,
      );
      await lookUpCommits(
        fresh.filter((one) => one.kind === 'commit'),
        kept,
      );
      return kept;
    },
    findingOf: (citation) => findings.get(keyOf(citation)) ?? null,
  };
}

type Keeping = { tickets: TicketToKeep[]; commits: Commit[]; lookups: Lookup[] };

function isAbsent(answer: Evaluated<ReadTicket | null> | undefined): boolean {
  return answer?.kind === 'known' && answer.value === null;
}

/** What a ticket comes to that the source does not have: gone where it was read once, else never there. */
export function absentFinding(kept: KeptTicket | undefined): Finding {
  return kept === undefined
    ? { kind: 'not_found' }
    : { kind: 'gone', ticket: kept.ticket, readAt: kept.readAt };
}

function findingOfCommit(answer: CommitAnswer): Finding {
  return answer.kind === 'found' ? { kind: 'commit', commit: answer.commit } : answer;
}
