import { TallyGlyph } from '@/components/tally/tally-glyph';
import type { OpenedRequest } from '@/lib/linking/contract/justifications';
import { AnswerForm } from './answer-form';

type AnswerPageProps = { readonly token: string; readonly opened: OpenedRequest };

/** What whoever holds a signed link sees: the question, what it is about, and where to write; nothing of the product around it. */
export function AnswerPage({ token, opened }: AnswerPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-160 flex-col gap-6 px-4 py-10 md:py-16">
      <header className="flex items-center gap-3">
        <TallyGlyph status="linked" size={2} decorative />
        <span className="font-serif text-lg">Tallystick</span>
      </header>
      {opened.state === 'open' ? (
        <>
          <div>
            <h1 className="font-serif text-2xl">Why was this changed?</h1>
            <p className="mt-1 text-muted">
              Somebody at {opened.orgName} asks you about{' '}
              {opened.about === 1 ? 'a change' : `${opened.about} changes`} made in Genesys Cloud.
            </p>
          </div>
          <blockquote dir="auto" className="border-l-2 border-accent pl-3 whitespace-pre-wrap">
            {opened.question}
          </blockquote>
          <section>
            <h2 className="rule-heading mb-2">What it is about</h2>
            <ul className="divide-y border-y">
              {opened.changes.map((change) => (
                <li key={`${change.at} ${change.sentence}`} className="py-2">
                  <p dir="auto" className="wrap-anywhere">
                    {change.sentence}
                  </p>
                  <time dateTime={change.at} className="font-mono text-sm text-muted">
                    {written(change.at)}
                  </time>
                </li>
              ))}
            </ul>
            {opened.about > opened.changes.length ? (
              <p className="mt-1 text-sm text-muted">
                And {opened.about - opened.changes.length} more like these.
              </p>
            ) : null}
          </section>
          <AnswerForm token={token} />
          <p className="text-sm text-muted">
            The link is good for one answer, until{' '}
            <time dateTime={opened.expiresAt}>{written(opened.expiresAt)}</time>. Your answer is kept with the
            change and cannot be altered afterwards; it says that it came by this link.
          </p>
        </>
      ) : (
        <div>
          <h1 className="font-serif text-2xl">{TITLES[opened.state]}</h1>
          <p className="mt-2 text-muted">{SAYS[opened.state]}</p>
        </div>
      )}
    </main>
  );
}

const TITLES = {
  unknown: 'This link opens nothing',
  answered: 'Answered already',
  withdrawn: 'The question was withdrawn',
  expired: 'The link has expired',
  throttled: 'Too many tries',
} as const satisfies Record<Exclude<OpenedRequest['state'], 'open'>, string>;

const SAYS = {
  unknown: 'Open it as it stands in the mail, whole. Whoever sent it can send a new one.',
  answered: 'An answer was given by this link; it is good for one. Thank you.',
  withdrawn: 'Nothing is to be done.',
  expired: 'Nobody answered in time. Whoever sent it can send a new one.',
  throttled: 'Wait a minute and open the link again.',
} as const satisfies Record<Exclude<OpenedRequest['state'], 'open'>, string>;

/** `2026-11-20 14:22:31Z`: the same for whoever reads it. */
function written(at: string): string {
  return at.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}
