/** Next calls this once when the web process starts. What needs Node stands in a file of its own, or the edge build complains. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { leaveWithSupervisor, rememberPeers } = await import('./instrumentation-node');
  leaveWithSupervisor();
  rememberPeers();
}
