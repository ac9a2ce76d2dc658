import { env } from '@/lib/env/env';
import { keptSecret } from '@/lib/env/kept-secrets';

/** What sign-in needs to know of the installation. */
export type AuthSettings = {
  /** The address people type; decides names and flags of cookies. */
  readonly publicUrl: string;
  /** Encrypts the session cookie. */
  readonly secret: string;
  readonly oidc: OidcSettings | null;
};

export type OidcSettings = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

declare global {
  var tallystickAuthSettings: AuthSettings | undefined;
}

/** The settings of this process: what `provideAuthSettings` gave, else the environment's, read once. */
export function authSettings(): AuthSettings {
  globalThis.tallystickAuthSettings ??= fromEnvironment();
  return globalThis.tallystickAuthSettings;
}

/** Gives this process other settings; for tests of routes, which have no environment. */
export function provideAuthSettings(settings: AuthSettings): void {
  globalThis.tallystickAuthSettings = settings;
}

function fromEnvironment(): AuthSettings {
  const { publicUrl, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  return {
    publicUrl,
    secret: keptSecret('AUTH_SECRET').value,
    oidc:
      OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
        ? { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET }
        : null,
  };
}
