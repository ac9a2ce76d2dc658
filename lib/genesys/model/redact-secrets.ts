/** Stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Names that hold a secret when their value is text, compared without case, dashes and underscores. */
const SECRET_NAMES = new Set([
  'secret',
  'clientsecret',
  'sharedsecret',
  'secretkey',
  'password',
  'passwd',
  'passphrase',
  'token',
  'accesstoken',
  'refreshtoken',
  'authtoken',
  'bearertoken',
  'apikey',
  'xapikey',
  'subscriptionkey',
  'privatekey',
  'authorization',
  'proxyauthorization',
  'cookie',
  'sig',
  'signature',
]);
const SECRET_ENDING = /(secret|password|apikey|privatekey|accesstoken|authtoken|passphrase)$/;
/** Headers whose name says enough even where the exact name is the customer's own. */
const SECRET_HEADER = /(auth|token|secret|key|password|cookie|credential)/;
/** `${credentials.x}`, `$!{input.y}`: references that are filled in elsewhere and tell no secret. */
const TEMPLATE = /\$!?\{[^}]*\}/g;
const SCHEME = /^(bearer|basic|apikey|token)?\s*$/i;
const EMBEDDED_PAIR = /("([\w.-]+)"\s*:\s*")([^"\\]*(?:\\.[^"\\]*)*)(")/g;

/**
 * The value with every secret replaced by `[redacted]`: members named like one, credential fields, headers, keys in URLs
 * and in request templates. Template references stay, so that a control can tell a literal secret from a reference.
 * Member names and shapes never change.
 */
export function redactSecrets(value: unknown): unknown {
  return redact(value, '', false);
}

function redact(value: unknown, name: string, allSecret: boolean): unknown {
  if (typeof value === 'string') {
    if (allSecret || isSecretName(name)) return hide(value);
    return redactText(value, name);
  }
  if (Array.isArray(value)) return value.map((item) => redact(item, name, allSecret));
  if (value !== null && typeof value === 'object') {
    const plain = bare(name);
    if (plain === 'headers') return mapMembers(value, (header, item) => redactHeader(header, item));
    const fields = allSecret || plain === 'credentialfields';
    return mapMembers(value, (member, item) => redact(item, member, fields));
  }
  return value;
}

function redactHeader(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return redact(value, name, false);
  return SECRET_HEADER.test(bare(name)) || /^\s*(bearer|basic)\s/i.test(value)
    ? hide(value)
    : redactText(value, name);
}

function redactText(text: string, name: string): string {
  const plain = bare(name);
  if (plain.endsWith('template') && !plain.endsWith('urltemplate')) {
    return text.replace(EMBEDDED_PAIR, (whole, head: string, key: string, inner: string, tail: string) =>
      isSecretName(key) ? `${head}${hide(inner)}${tail}` : whole,
    );
  }
  return /^https?:\/\//i.test(text) ? redactUrl(text) : text;
}

/** Hides passwords and keys in an address, and leaves everything else as it was written. */
function redactUrl(text: string): string {
  return text
    .replace(/^(https?:\/\/[^/?#:@]*):[^/?#@]*@/i, `$1:${REDACTED}@`)
    .replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, key: string, inner: string) =>
      isSecretName(key) ? `${mark}${key}=${hide(inner)}` : whole,
    );
}

/** A secret, or a reference to one: the reference stays as it is. */
function hide(text: string): string {
  if (text === '') return text;
  const rest = text.replace(TEMPLATE, '');
  return rest !== text && SCHEME.test(rest) ? text : REDACTED;
}

function isSecretName(name: string): boolean {
  const plain = bare(name);
  return SECRET_NAMES.has(plain) || SECRET_ENDING.test(plain);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_.\s]/g, '');
}

function mapMembers(
  value: object,
  change: (name: string, item: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(name, item)]));
}
