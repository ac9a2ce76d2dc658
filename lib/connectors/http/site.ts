import { connectorError } from '../errors';

/** The site's address ending in a slash, so that paths can be put behind it. Throws `bad_settings` when it is no http address. */
export function siteUrl(baseUrl: string, what: string): URL {
  const url = URL.parse(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw connectorError('bad_settings', `cannot use ${what}: its address is no http or https address`);
  }
  if (url.username !== '' || url.password !== '') {
    throw connectorError('bad_settings', `cannot use ${what}: its address holds a user or password`, {
      hint: 'Give them in their own settings.',
    });
  }
  return url;
}

/** The value of an Authorization header for user and password. Source: RFC 7617. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
