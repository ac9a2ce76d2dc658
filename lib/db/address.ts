/** The same address with another database; a plain replace would hit a user of the same name. */
export function withDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}

/** The same address with another login. */
export function withLogin(
  address: string,
  login: { readonly name: string; readonly password: string },
): string {
  const url = new URL(address);
  url.username = encodeURIComponent(login.name);
  url.password = encodeURIComponent(login.password);
  return url.toString();
}

/** Who logs in by this address. */
export function loginOf(address: string): { readonly name: string; readonly password: string } {
  const url = new URL(address);
  return { name: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}
