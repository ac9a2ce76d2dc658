'use client';

import { Section } from '@/components/change-detail/section';
import { useDivisionName } from '@/components/directory/use-division-name';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { CopyableId } from '@/components/ui/data/copyable-id';
import { sentenceCase } from '@/components/ui/data/format';
import { keyed } from '@/components/ui/data/keyed';
import { Time } from '@/components/ui/data/time';
import type { ResponseDetailDto, ResponseState, ResponseStepDto } from '@/lib/alerts/contract/responses';
import { STEP_OUTCOMES } from '../words';
import { stateRows } from './state-rows';

const TITLES = {
  observed: 'What would have been done',
  waiting: 'What would be done',
  approved: 'What is done next',
  running: 'What is being done',
  done: 'What was done, and the proof',
  failed: 'What was done and what was not',
  refused: 'What would have been done',
  rejected: 'What would have been done',
  expired: 'What would have been done',
} as const satisfies Record<ResponseState, string>;

/** The steps in their order: as planned, or as done with what was read before and after. */
export function StepList({ response }: { readonly response: ResponseDetailDto }) {
  return (
    <Section title={TITLES[response.state]}>
      {response.steps.length === 0 ? (
        <p className="text-muted">No step was planned: {response.because ?? 'there is nothing to do'}.</p>
      ) : (
        <ol className="divide-y border-y">
          {response.steps.map((step) => (
            <Step key={step.n} step={step} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function Step({ step }: { readonly step: ResponseStepDto }) {
  const { outcome, word } = STEP_OUTCOMES[step.outcome];
  const at = step.finishedAt ?? step.startedAt;
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-2 py-3">
      <span className="pt-0.5 text-right font-serif text-muted">{step.n}</span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
          <span dir="auto" className="font-medium">
            {sentenceCase(step.doing)}
          </span>
          <OutcomeMark outcome={outcome} word={word} />
          {at === null ? null : <Time at={at} className="text-muted" />}
        </div>
        <p className="mt-0.5 font-mono text-xs wrap-anywhere text-muted">{step.call ?? 'only reads'}</p>
        {step.because === null ? null : (
          <p className={step.outcome === 'failed' ? 'mt-0.5 text-unlinked' : 'mt-0.5 text-muted'}>
            {step.because}
          </p>
        )}
        <Readings step={step} />
        <Calls calls={step.calls} />
      </div>
    </li>
  );
}

function Readings({ step }: { readonly step: ResponseStepDto }) {
  const nameOf = useDivisionName();
  const rows = stateRows(step.before, step.after, nameOf);
  const readBack = step.after !== null;
  if (rows.length === 0) return null;
  return (
    <table className="mt-2 w-full border-collapse text-sm">
      <caption className="sr-only">
        {readBack ? 'Read before and read back after' : 'As it was read'}: {step.doing}
      </caption>
      <thead>
        <tr className="text-left text-xs text-muted">
          <th scope="col" className="w-1/4 py-0.5 pr-3 font-medium">
            Read
          </th>
          <th scope="col" className="py-0.5 pr-3 font-medium">
            {readBack ? 'before' : 'as it is'}
          </th>
          {readBack ? (
            <th scope="col" className="py-0.5 font-medium">
              after
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className="border-t align-top">
            <th scope="row" className="py-1 pr-3 text-left font-normal text-muted">
              {row.name}
            </th>
            <td className="py-1 pr-3 font-mono text-xs wrap-anywhere">{row.before}</td>
            {readBack ? (
              <td className={`py-1 font-mono text-xs wrap-anywhere ${row.differs ? 'font-semibold' : ''}`}>
                {row.after}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was sent, with the ids under which the platform knows it. */
function Calls({ calls }: { readonly calls: ResponseStepDto['calls'] }) {
  if (calls.length === 0) return null;
  return (
    <ul className="mt-1 text-xs text-muted">
      {keyed(calls, (call) => call.sentAt).map(({ key, item }) => (
        <li key={key} className="flex flex-wrap items-baseline gap-x-2">
          <span>
            sent <Time at={item.sentAt} className="text-xs!" />,{' '}
            {item.status === null ? 'no answer' : `answer ${item.status}`}
          </span>
          {item.correlationId === null ? null : (
            <span>
              correlation <CopyableId id={item.correlationId} label="correlation id" />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
