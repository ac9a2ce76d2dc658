'use client';

import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { problemFor } from './words';

type Props = {
  /** Where to go afterwards, a path of this site. */
  readonly target: string;
  readonly problem: string | null;
  readonly singleSignOn: boolean;
};

export function SignInForm({ target, problem: given, singleSignOn }: Props) {
  const [problem, setProblem] = useState(given);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const code = await failureOf({
      email: String(form.get('email')),
      password: String(form.get('password')),
    });
    if (code === null) {
      window.location.assign(target);
      return;
    }
    setProblem(problemFor(code));
    setBusy(false);
  }

  return (
    <div className="flex flex-col gap-5">
      {problem === null ? null : (
        <p role="alert" className="border-l-2 border-unlinked bg-bad-soft px-3 py-2 text-sm">
          {problem}
        </p>
      )}
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="E-mail" required>
          {(control) => <Input {...control} name="email" type="email" autoComplete="username" autoFocus />}
        </Field>
        <Field label="Password" required>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" />
          )}
        </Field>
        <Button type="submit" look="primary" busy={busy} className="mt-1 justify-center">
          {busy ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
      {singleSignOn ? (
        <Button
          className="justify-center"
          onClick={() => {
            setBusy(true);
            void signIn('oidc', { callbackUrl: target });
          }}
        >
          Sign in with single sign-on
        </Button>
      ) : null}
    </div>
  );
}

/** The code of what went wrong, or null when the person is signed in. */
async function failureOf(credentials: { email: string; password: string }): Promise<string | null> {
  try {
    const answer = await signIn('credentials', { redirect: false, ...credentials });
    return answer?.ok ? null : (answer?.error ?? 'unreachable');
  } catch {
    // The library throws what fetch threw: there was no answer at all.
    return 'unreachable';
  }
}
