/**
 * The path of a repository below a host's web address: `owner/name` of `https://host/owner/name.git`, `ssh://git@host/owner/name`
 * or `git@host:owner/name`. Null where the address is not below it. Requires a web address that ends in a slash.
 */
export function projectBelow(web: URL, address: string): string | null {
  const scp = /^[\w.-]+@([\w.-]+):(?!\/\/)(.+)$/.exec(address.trim());
  if (scp !== null) return scp[1]?.toLowerCase() === web.hostname ? asProject(scp[2] ?? '') : null;
  const url = URL.parse(address.trim());
  if (url === null) return null;
  if (url.protocol === 'ssh:' || url.protocol === 'git:')
    return url.hostname.toLowerCase() === web.hostname ? asProject(url.pathname) : null;
  if (url.host.toLowerCase() !== web.host || !url.pathname.startsWith(web.pathname)) return null;
  return asProject(url.pathname.slice(web.pathname.length));
}

function asProject(path: string): string | null {
  const project = path
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return /^[^/?#]+(\/[^/?#]+)+$/.test(project) ? project : null;
}
