import type { CollectAsk } from '@/lib/changes/collect/collect-audits';
import type { ControlRun } from '@/lib/controls/model/run';
import { AppError } from '@/lib/kernel/errors';
import { parseInstant, toIso } from '@/lib/kernel/instant';
import { type PassResult, passOver, snapshotDirectory } from '../../pipeline';
import { runControlsOf } from '../../pipeline-controls';
import { linkOrganization, relinkOrganization, WHOLE_HISTORY } from '../../pipeline-links';
import type { Connection } from '../../wiring/connections';
import { type Product, withProduct } from '../../wiring/product';
import { snapshotIsDue } from '../../wiring/snapshot-is-due';
import { type Command, type CommandCall, type CommandOutput, optionalText, UsageError } from '../command';
import { collectLine, linkLines, snapshotLine } from '../progress-lines';
import { textTable } from '../table';

const RANGE_OPTIONS = { from: { type: 'string' as const }, to: { type: 'string' as const } };

export const collect: Command = {
  name: 'collect',
  usage: 'collect [--from <instant> --to <instant>]',
  summary:
    'One whole pass: directory, audit records, names, links, controls. With --from and --to that interval is read once more.',
  options: RANGE_OPTIONS,
  run: (call) => passes(call, () => Promise.resolve(true), { controls: true }),
};

export const sync: Command = {
  name: 'sync',
  usage: 'sync [--from <instant> --to <instant>]',
  summary: 'Reads what is new in the audit log; a first one reads 365 days back.',
  options: RANGE_OPTIONS,
  run: (call) => passes(call, (product, { orgId }) => snapshotIsDue(product.db.sql, orgId, new Date())),
};

export const snapshot: Command = {
  name: 'snapshot',
  usage: 'snapshot',
  summary: 'Reads the directory as it is now; unchanged things cost nothing.',
  options: {},
  run: (call) =>
    withProduct(
      'cli',
      async (product) => {
        const results = await eachConnection(product, async (connection) => ({
          orgId: connection.orgId,
          ...(await snapshotDirectory(product, connection, {
            onSnapshot: (progress) => call.progress(snapshotLine(progress)),
          })),
        }));
        const rows = results.flatMap(({ runs }) =>
          runs.map((run) => [run.kind, run.outcome, run.readCount, run.added, run.changed, run.removed]),
        );
        const failed = results.some((one) => one.outcome === 'failed');
        return {
          json: results,
          text: textTable(['kind', 'outcome', 'read', 'added', 'changed', 'removed'], rows),
          exitCode: failed ? 1 : 0,
        };
      },
      call.progress,
    ),
};

export const link: Command = {
  name: 'link',
  usage: 'link [--all]',
  summary:
    'Judges the changes that were not judged yet against Jira, ServiceNow and Git; with --all every unlinked one again, as after a source was added.',
  options: { all: { type: 'boolean' } },
  run: (call) =>
    withProduct(
      'cli',
      async (product) => {
        const onLink = linkLines(call.progress);
        const results = await eachConnection(product, async (connection) => ({
          orgId: connection.orgId,
          ...(await (call.values.all === true
            ? relinkOrganization(product, connection, { ...WHOLE_HISTORY, cause: 'asked', onLink })
            : linkOrganization(product, connection, { onLink }))),
        }));
        const rows = results.map((one) => [one.orgId, one.judged, one.citing, one.linked, one.notEvaluated]);
        return {
          json: results,
          text: textTable(['organisation', 'judged', 'citing', 'linked', 'not evaluated'], rows),
        };
      },
      call.progress,
    ),
};

async function passes(
  call: CommandCall,
  snapshotFirst: (product: Product, connection: Connection) => Promise<boolean>,
  more: { readonly controls: boolean } = { controls: false },
): Promise<CommandOutput> {
  const ask = askOf(call);
  const results = await withProduct(
    'cli',
    (product) =>
      eachConnection(product, async (connection) => {
        const passed = await passOver(product, connection, {
          ask,
          snapshot: await snapshotFirst(product, connection),
          onCollect: (progress) => call.progress(collectLine(progress)),
          onSnapshot: (progress) => call.progress(snapshotLine(progress)),
        });
        if (!more.controls) return passed;
        const target = { orgId: connection.orgId, connection };
        const done = await runControlsOf(product, target, { kind: 'asked', by: 'Command line' });
        return { ...passed, controls: done?.run ?? null };
      }),
    call.progress,
  );
  const failed = results.some(
    ({ collected }) => collected.state === 'failed' || collected.state === 'interrupted',
  );
  return { json: results, text: results.map(inWords).join('\n'), exitCode: failed ? 1 : 0 };
}

function inWords({
  orgName,
  collected,
  healed,
  links,
  controls,
}: PassResult & { readonly controls?: ControlRun | null }): string {
  const count = (n: number) => n.toLocaleString('en-US');
  const read = `${orgName}: ${count(collected.records)} records read, ${count(collected.newRecords)} new, ${count(collected.quarantined)} in quarantine (${collected.state.replaceAll('_', ' ')})`;
  const judged = `${count(links.judged)} changes judged, ${count(links.linked)} linked, ${count(links.notEvaluated)} not evaluated`;
  return [
    `${read}; ${judged}.`,
    ...(collected.message === null ? [] : [`  ${collected.message}`]),
    ...(controls ? [`  ${controlCounts(controls)}`] : []),
    ...(healed.length === 0 ? [] : [`  ${healed.length} stretches that had no answer were asked for again.`]),
    ...healed.flatMap(({ message }) => (message === null ? [] : [`  ${message}`])),
    ...links.sourcesDown.map((down) => `  ${down.system} could not be asked: ${down.because}`),
  ].join('\n');
}

function controlCounts({ counts }: ControlRun): string {
  return `Controls: ${counts.pass} pass, ${counts.fail} fail, ${counts.not_evaluated} not evaluated, ${counts.not_applicable} not applicable.`;
}

function askOf(call: CommandCall): CollectAsk {
  const [from, to] = [instantOption(call, 'from'), instantOption(call, 'to')];
  if (from === null && to === null) return { kind: 'sync' };
  if (from === null || to === null || from >= to)
    throw new UsageError('--from and --to belong together, and --from lies before --to');
  return { kind: 'resweep', from, to };
}

export function instantOption(call: CommandCall, name: string): Date | null {
  const text = optionalText(call, name);
  if (text === undefined) return null;
  const at = parseInstant(text);
  if (at === null)
    throw new UsageError(`--${name} is no instant such as ${toIso(new Date(Date.UTC(2026, 0, 1)))}`);
  return at;
}

/** Runs for each organisation that can be reached. Throws `nothing_connected` when there is none, naming what failed. */
export async function eachConnection<T>(
  product: Product,
  run: (connection: Connection) => Promise<T>,
): Promise<T[]> {
  const { connections, failures } = await product.connections.reach();
  const [failure] = failures;
  if (connections.length === 0) {
    throw new AppError({
      code: 'nothing_connected',
      message:
        failure === undefined
          ? 'cannot collect: no organisation is connected'
          : `cannot reach ${failure.name}: ${failure.because}`,
      hint:
        failure === undefined
          ? 'Set GENESYS_REGION, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, or add the organisation under Settings.'
          : '`tallystick doctor` says more.',
    });
  }
  const results: T[] = [];
  for (const connection of connections) results.push(await run(connection));
  return results;
}
