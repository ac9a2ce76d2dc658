/**
 * Changes the address of the page one is on without asking the server for the page again: what changed is data, and the
 * query cache asks for that. Next keeps its hooks in step with the history.
 */
export function shallowGo(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
}
