'use client';

import Link from 'next/link';
import { Section } from '@/components/change-detail/section';
import { OutcomeMark } from '@/components/tally/outcome-mark';
import { Badge } from '@/components/ui/badge';
import { countOf, shortenId } from '@/components/ui/data/format';
import { useScope } from '@/components/url/use-scope';
import type { AccessEffect, MoveDetailDto } from '@/lib/divisions/contract';
import { stopped } from '../../words';

/** Who gains and who loses access by the move, by role, from the grants of that moment. */
export function EffectSection({ move }: { readonly move: MoveDetailDto }) {
  const { opens, closes, notEvaluated } = move.effect;
  return (
    <Section title="What it opens and closes">
      {notEvaluated === null ? null : (
        <p>
          <OutcomeMark outcome="not_evaluated" /> <span className="text-muted">{notEvaluated}</span>
        </p>
      )}
      {notEvaluated === null && opens === null && closes === null ? (
        <p className="text-muted">
          Nobody gains or loses access: no role is granted for one of the two divisions alone.
        </p>
      ) : null}
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {opens === null ? null : <Side word="Opens to" effect={opens} at={move.timestamp} />}
        {closes === null ? null : <Side word="Closes to" effect={closes} at={move.timestamp} />}
      </div>
    </Section>
  );
}

function Side({
  word,
  effect,
  at,
}: {
  readonly word: string;
  readonly effect: AccessEffect;
  readonly at: string;
}) {
  const { href } = useScope();
  return (
    <div className="min-w-0">
      <h4 className="text-sm font-medium">{word}</h4>
      <p className="mt-0.5 text-muted">{stopped(effect.sentence)}</p>
      <ul className="mt-1.5 divide-y border-y empty:hidden">
        {effect.roles.map((role) => (
          <li key={role.roleId} className="py-1.5">
            <span className="flex items-baseline justify-between gap-3">
              <Link
                className="door min-w-0 wrap-anywhere"
                href={href(`/directory/role/${encodeURIComponent(role.roleId)}`, { at })}
              >
                <bdi>{role.roleName ?? `role ${shortenId(role.roleId)}`}</bdi>
              </Link>
              <span className="shrink-0 text-sm text-muted">{countOf(role.subjects, 'holder')}</span>
            </span>
            {role.allows.length === 0 ? null : (
              <span className="mt-1 flex flex-wrap gap-1">
                {role.allows.map((what) => (
                  <Badge key={what}>{what}</Badge>
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
