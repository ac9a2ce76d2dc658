import type { CollectProgress } from '@/lib/changes/collect/collect-audits';
import type { SnapshotProgress } from '@/lib/directory/take-snapshot';
import { toIso } from '@/lib/kernel/instant';
import type { LinkProgress } from '@/lib/linking/link-changes';

/** One line on where a collection stands. */
export function collectLine(progress: CollectProgress): string {
  const { kind, chunksDone, chunksTotal, records, newRecords, quarantined, chunk } = progress;
  const where =
    chunk === null ? '' : ` · ${toIso(chunk.from).slice(0, 10)} to ${toIso(chunk.to).slice(0, 10)}`;
  const bad = quarantined === 0 ? '' : `, ${count(quarantined)} in quarantine`;
  return `${kind} ${chunksDone}/${chunksTotal}${where} · ${count(records)} records, ${count(newRecords)} new${bad}`;
}

/** One line on where a snapshot stands. */
export function snapshotLine({ kind, stage, kindsDone, kindsTotal, run }: SnapshotProgress): string {
  const what = kind.replaceAll('_', ' ');
  if (run === undefined)
    return `directory ${kindsDone}/${kindsTotal} · ${what}: ${stage.replaceAll('_', ' ')}`;
  const because = run.because === null ? '' : ` (${run.because})`;
  return `directory ${kindsDone}/${kindsTotal} · ${what}: ${count(run.readCount)} read, ${run.outcome.replaceAll('_', ' ')}${because}`;
}

const LINKS_PER_LINE = 5_000;

/** Says where linking stands every few thousand changes. */
export function linkLines(say: (line: string) => void): (progress: LinkProgress) => void {
  let said = 0;
  return ({ judged, written, at }) => {
    if (judged - said < LINKS_PER_LINE) return;
    said = judged;
    say(`links · ${toIso(at).slice(0, 10)} · ${count(judged)} judged, ${count(written)} verdicts new`);
  };
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
