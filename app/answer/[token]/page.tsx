import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ipOf } from '@/app/api/read-request';
import { AnswerPage } from '@/components/answer/answer-page';
import { authSettings } from '@/lib/auth/sign-in/auth-settings';
import { database } from '@/lib/db/process-database';
import { openByLink } from '@/lib/linking/justifications/answer-by-link';

// The address holds what lets somebody answer: no search engine and no other site may learn it.
export const metadata: Metadata = {
  title: 'Why was this changed',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
};

type Props = { readonly params: Promise<{ readonly token: string }> };

export default async function AnswerByLinkPage({ params }: Props) {
  const { token } = await params;
  const given = await headers();
  const opened = await openByLink(database(), token, {
    ip: ipOf(given) ?? null,
    requestId: given.get('x-request-id'),
    now: new Date(),
    secret: authSettings().secret,
  });
  return <AnswerPage token={token} opened={opened} />;
}
