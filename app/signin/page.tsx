import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { TallyGlyph } from '@/components/tally/tally-glyph';
import { currentViewer } from '@/lib/auth/session';
import { authSettings } from '@/lib/auth/sign-in/auth-settings';
import { SignInForm } from './sign-in-form';
import { problemFor, withinSite } from './words';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const { from, callbackUrl, error } = await searchParams;
  const { publicUrl, oidc } = authSettings();
  const target = withinSite(from ?? callbackUrl, publicUrl);
  if (await currentViewer()) redirect(target);
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="flex w-full max-w-[22rem] flex-col gap-8">
        <header className="flex flex-col gap-3">
          <TallyGlyph status="linked" size={2} decorative />
          <h1 className="font-serif text-2xl">Tallystick</h1>
          <p className="text-muted">Every administrative change, held against its authorisation.</p>
        </header>
        <SignInForm target={target} problem={problemFor(error)} singleSignOn={oidc !== null} />
        {publicUrl.startsWith('https://') ? null : <PlainHttpNote />}
      </div>
    </main>
  );
}

function PlainHttpNote() {
  return (
    <p className="border-t border-line pt-4 text-sm text-muted">
      This address is plain http: what you type is not encrypted on its way. On your own machine that is
      harmless; for others, put Tallystick behind https and set PUBLIC_URL.
    </p>
  );
}
