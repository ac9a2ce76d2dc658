import { randomBytes } from 'node:crypto';
import { type Answer, type Exchange, Refusal } from '../http/exchange.ts';
import { directoryInstant, type Sandbox } from '../sandbox.ts';
import { CLIENTS } from '../world/access.ts';

type Token = {
  readonly clientId: string;
  readonly expiresAt: number;
  requests: number;
  windowStart: number;
  inWindow: number;
};

const WINDOW_MS = 60_000;

/** Issues, checks and counts bearer tokens of the client-credentials grant. */
export class TokenDesk {
  private readonly tokens = new Map<string, Token>();
  private readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** `POST /oauth/token`: Basic credentials; the grant type may stand in the body or in the query. Errors are OAuth's own. */
  issue(exchange: Exchange): Answer {
    const grantType =
      exchange.query.get('grant_type') ?? new URLSearchParams(exchange.text).get('grant_type');
    if (grantType !== 'client_credentials')
      return oauthError(400, 'unsupported_grant_type', 'grant type not supported');
    const [, encoded = ''] = /^Basic (.+)$/i.exec(exchange.headers.authorization ?? '') ?? [];
    const [clientId = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
    const client = this.sandbox.world.oauthClients.get(decodeURIComponent(clientId), Date.now());
    if (client === null || client.secret !== decodeURIComponent(secret))
      return oauthError(400, 'invalid_client', 'client authentication failed');
    if (client.state !== 'active') return oauthError(400, 'invalid_client', 'client is disabled');
    const token = randomBytes(32).toString('base64url');
    const now = Date.now();
    this.tokens.set(token, {
      clientId: client.id,
      expiresAt: now + client.validitySeconds * 1000,
      requests: 0,
      windowStart: now,
      inWindow: 0,
    });
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: client.validitySeconds - 1 },
    };
  }

  /** Checks the bearer and counts the request against its minute. */
  admit(exchange: Exchange): { token: Token; headers: Record<string, string>; limited: number | null } {
    const [, bearer] = /^Bearer (.+)$/i.exec(exchange.headers.authorization ?? '') ?? [];
    if (bearer === undefined)
      throw new Refusal(
        401,
        'authentication.required',
        'No authentication bearer token specified in authorization header.',
      );
    const token = this.tokens.get(bearer);
    const now = Date.now();
    const { faults, settings } = this.sandbox;
    if (token === undefined || token.expiresAt <= now)
      throw new Refusal(401, 'bad.credentials', 'Invalid login credentials.');
    token.requests += 1;
    if (faults.expireTokenAfterRequests > 0 && token.requests > faults.expireTokenAfterRequests) {
      this.tokens.delete(bearer);
      throw new Refusal(401, 'bad.credentials', 'Invalid login credentials.');
    }
    if (now - token.windowStart >= WINDOW_MS) Object.assign(token, { windowStart: now, inWindow: 0 });
    token.inWindow += 1;
    const allowed = faults.rateLimitPerMinute > 0 ? faults.rateLimitPerMinute : settings.ratePerMinute;
    const reset = Math.max(1, Math.ceil((token.windowStart + WINDOW_MS - now) / 1000));
    const headers = {
      'inin-ratelimit-count': String(token.inWindow),
      'inin-ratelimit-allowed': String(allowed),
      'inin-ratelimit-reset': String(reset),
    };
    return { token, headers, limited: token.inWindow > allowed ? reset : null };
  }

  /** What a client may do: the permissions of its roles, less those a fault takes from the collector. */
  permissionsOf(clientId: string): ReadonlySet<string> {
    const { world, faults } = this.sandbox;
    const client = world.oauthClients.get(clientId, Date.now());
    const permissions = new Set(
      (client?.roleIds ?? []).flatMap(
        (id) => world.roles.get(id, directoryInstant(this.sandbox))?.permissions ?? [],
      ),
    );
    if (clientId === CLIENTS.collector.id)
      for (const lost of faults.missingPermissionForSnapshot) permissions.delete(lost);
    return permissions;
  }

  /** Ends every token of a client, as disabling it does. */
  revokeClient(clientId: string): void {
    for (const [bearer, token] of this.tokens) if (token.clientId === clientId) this.tokens.delete(bearer);
  }

  /** Ends all tokens, for tests of logging in again. */
  revokeAll(): void {
    this.tokens.clear();
  }
}

function oauthError(status: number, error: string, description: string): Answer {
  return { status, body: { error, description, error_description: description } };
}
