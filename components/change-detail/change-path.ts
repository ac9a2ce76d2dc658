export function changePath(id: string): string {
  return `/api/v1/changes/${encodeURIComponent(id)}`;
}
