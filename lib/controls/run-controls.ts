import type { Database } from '@/lib/db/connection';
import type { Finding } from '@/lib/findings/model/concern';
import { newId } from '@/lib/kernel/ids';
import type { Vault } from '@/lib/vault/vault';
import { allControls, controlSha256 } from './catalogue';
import { type LoadedSettings, loadControlSettings } from './load-settings';
import type { Control } from './model/control';
import { evaluateControl } from './model/evaluate';
import type { ControlResult, ControlRun, OutcomeCounts } from './model/run';
import type { Due } from './model/schedule';
import { noteControlFindings } from './note-findings';
import type { EndpointReader } from './read-endpoint';
import { type InputsRead, readInputs, type SuppliedInputs } from './read-inputs';
import {
  insertEvidence,
  insertResults,
  insertRun,
  isDueDone,
  lockRuns,
  refreshStatus,
} from './store/write-run';

/** Why a run happens: it was due, or somebody asked for it. */
export type RunOccasion =
  | { readonly kind: 'scheduled'; readonly due: Due }
  | { readonly kind: 'asked'; readonly by: string | null };

export type ControlsRun = {
  readonly run: ControlRun;
  readonly results: readonly ControlResult[];
  /** Findings that are new. */
  readonly found: readonly Finding[];
};

/**
 * Holds every control of one organisation against what the platform answers and the product counts at this moment, and keeps the
 * results, the answers they rest on, and what fails as findings, all in one transaction. No control stops another: what it cannot
 * look at makes it not evaluated. Null where the run that was due was finished elsewhere meanwhile.
 */
export async function runControls(
  db: Database,
  asked: {
    readonly orgId: string;
    readonly occasion: RunOccasion;
    readonly endpoints: EndpointReader;
    readonly supplied?: SuppliedInputs;
    readonly vault: Pick<Vault, 'get'>;
    readonly productVersion: string;
    readonly clock: () => Date;
    /** All of them unless a test hands in its own. */
    readonly controls?: readonly Control[];
  },
): Promise<ControlsRun | null> {
  const { orgId, occasion, clock, endpoints, controls = allControls() } = asked;
  const startedAt = clock();
  const { sql } = db;
  const settings = await loadControlSettings(sql, orgId, startedAt);
  const read = await readInputs(controls, {
    endpoints,
    supplied: asked.supplied ?? {},
    context: { sql, vault: asked.vault, orgId, now: startedAt },
    clock,
  });
  const id = newId('controlRun', startedAt);
  const results = controls.map((control) =>
    resultOf(control, { orgId, runId: id, settings, read, at: startedAt }),
  );
  return db.transaction(async (tx) => {
    await lockRuns(tx, orgId);
    const due = occasion.kind === 'scheduled' ? occasion.due : null;
    if (due !== null && (await isDueDone(tx, { orgId, ...due }))) return null;
    const finishedAt = clock();
    const run: ControlRun = {
      id,
      orgId,
      occasion: occasion.kind,
      // A run somebody asks for looks at everything a formal one does, and stands for it.
      cadence: due?.cadence ?? 'formal',
      dueAt: due?.dueAt ?? null,
      askedBy: occasion.kind === 'asked' ? occasion.by : null,
      asOf: startedAt,
      startedAt,
      finishedAt: finishedAt < startedAt ? startedAt : finishedAt,
      counts: countsOf(results),
      clientId: endpoints.clientId,
      productVersion: asked.productVersion,
    };
    await insertRun(tx, run);
    await insertEvidence(tx, run, read.evidence);
    await insertResults(tx, results, run.finishedAt);
    await refreshStatus(tx, orgId);
    const found = await noteControlFindings(tx, {
      orgId,
      results,
      checkedAt: startedAt,
      now: run.finishedAt,
    });
    return { run, results, found };
  });
}

/** Every control with the inputs it could not get and why, known before anything is judged. Keeps nothing. */
export async function preflightControls(
  db: Database,
  asked: Pick<Parameters<typeof runControls>[1], 'orgId' | 'endpoints' | 'supplied' | 'vault' | 'clock'>,
): Promise<
  readonly {
    readonly controlId: string;
    readonly title: string;
    readonly missing: readonly {
      readonly input: string;
      readonly because: string;
      readonly permission: string | null;
    }[];
  }[]
> {
  const controls = allControls();
  const { evidence } = await readInputs(controls, {
    endpoints: asked.endpoints,
    supplied: asked.supplied ?? {},
    context: { sql: db.sql, vault: asked.vault, orgId: asked.orgId, now: asked.clock() },
    clock: asked.clock,
  });
  return controls.map((control) => ({
    controlId: control.id,
    title: control.title,
    missing: evidence
      .filter((one) => one.because !== null && control.requires.some((name) => name === one.input))
      .map(({ input, because, permission }) => ({ input, because: because ?? '', permission })),
  }));
}

function resultOf(
  control: Control,
  of: {
    readonly orgId: string;
    readonly runId: string;
    readonly settings: LoadedSettings;
    readonly read: InputsRead;
    readonly at: Date;
  },
): ControlResult {
  const { values, notApplicable, settingIds } = of.settings.of(control);
  const judged = evaluateControl(control, {
    inputs: of.read.inputs,
    thresholds: values,
    notApplicable,
    now: of.at,
  });
  const { observations } = judged;
  return {
    id: newId('controlResult', of.at),
    orgId: of.orgId,
    runId: of.runId,
    controlId: control.id,
    ruleSha256: controlSha256(control.id),
    settingIds,
    thresholds: values,
    inputs: control.requires,
    ...judged,
    checked: observations.length,
    failing: observations.filter((one) => one.ok === false).length,
    unknown: observations.filter((one) => one.ok === null).length,
    asOf: of.at,
    evaluatedAt: of.at,
  };
}

function countsOf(results: readonly ControlResult[]): OutcomeCounts {
  const of = (outcome: ControlResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  return {
    pass: of('pass'),
    fail: of('fail'),
    not_evaluated: of('not_evaluated'),
    not_applicable: of('not_applicable'),
  };
}
