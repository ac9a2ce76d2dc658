/** What a code of the sign-in library, or one of ours, means to the person; null for none. */
export function problemFor(code: string | string[] | null | undefined): string | null {
  if (typeof code !== 'string' || code === '') return null;
  const wait = /^throttled:(\d{1,5})$/.exec(code)?.[1];
  if (wait) return `Too many attempts. Wait ${wait} seconds, then try again.`;
  switch (code) {
    case 'CredentialsSignin':
      return 'The e-mail address and the password do not belong to an account that may sign in. Check both; accounts are opened and closed by an administrator.';
    case 'no_access':
    case 'AccessDenied':
      return 'Your organisation knows you, but nobody has invited you to Tallystick under this address. Ask an administrator for an invitation.';
    case 'unreachable':
      return 'The server did not answer. Check that Tallystick is running and that your network is up, then try again.';
    default:
      return 'Single sign-on was not completed. Try again; if it fails again, give an administrator the time it happened.';
  }
}

/** The path to go to after signing in: inside this site, whatever the address says. */
export function withinSite(wanted: string | string[] | undefined, publicUrl: string): string {
  if (typeof wanted !== 'string' || !URL.canParse(wanted, publicUrl)) return '/';
  const url = new URL(wanted, publicUrl);
  if (url.origin !== new URL(publicUrl).origin || url.pathname === '/signin') return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
