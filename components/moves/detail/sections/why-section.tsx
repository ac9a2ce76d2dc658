'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { TallyMark } from '@/components/tally/tally-mark';
import { LINKAGE_MEANINGS } from '@/components/tally/words';
import { useScope } from '@/components/url/use-scope';
import type { MoveDetailDto } from '@/lib/divisions/contract';

const KINDS: Readonly<Record<string, string>> = {
  jira: 'Jira issue',
  servicenow: 'ServiceNow change',
  commit: 'Commit',
  manual: 'Linked by hand',
  window: 'Change window',
};

/** The tickets and commits that asked for it; where none did, that plainly. */
export function WhySection({ move }: { readonly move: MoveDetailDto }) {
  const { href } = useScope();
  return (
    <Section title="Why">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <TallyMark status={move.linkage} className="font-medium" />
        <span className="text-muted">{LINKAGE_MEANINGS[move.linkage]}.</span>
      </p>
      {move.links.length === 0 ? (
        <p className="mt-1.5">No ticket or commit asked for this.</p>
      ) : (
        <ul className="mt-2 divide-y border-y">
          {move.links.map((link) => (
            <li
              key={`${link.kind} ${link.reference}`}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2"
            >
              <span className="text-sm text-muted">{KINDS[link.kind] ?? link.kind}</span>
              <Reference link={link} />
              {link.title === null ? null : <span dir="auto">{link.title}</span>}
              <TallyMark status={link.status} className="ml-auto text-sm" />
            </li>
          ))}
        </ul>
      )}
      {move.changeId === null ? null : (
        <p className="mt-1.5 text-sm">
          <Link className="door" href={href(`/changes/${encodeURIComponent(move.changeId)}`)}>
            How the verdict came about
          </Link>
        </p>
      )}
    </Section>
  );
}

function Reference({ link }: { readonly link: MoveDetailDto['links'][number] }) {
  const text = link.kind === 'commit' ? link.reference.slice(0, 12) : link.reference;
  // Only http addresses become links: the address was built from what somebody typed into a record.
  if (link.url === null || !/^https?:\/\//.test(link.url)) {
    return (
      <span className="font-mono" title={link.reference}>
        {text}
      </span>
    );
  }
  return (
    <a
      href={link.url}
      target="_blank"
      rel="noreferrer noopener"
      title={link.reference}
      className="door font-mono"
    >
      {text}
    </a>
  );
}
