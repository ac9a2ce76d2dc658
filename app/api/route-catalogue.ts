import type { RouteModule } from './openapi-document';

// Made by `node --import tsx lib/testing/house/route-catalogue.ts`; a test keeps it fresh.
const ROUTES: Readonly<Record<string, () => Promise<RouteModule>>> = {
  '/api/v1/api-keys/[id]': () => import('./v1/api-keys/[id]/route'),
  '/api/v1/api-keys': () => import('./v1/api-keys/route'),
  '/api/v1/changes/[id]/proof': () => import('./v1/changes/[id]/proof/route'),
  '/api/v1/changes/[id]/raw': () => import('./v1/changes/[id]/raw/route'),
  '/api/v1/changes/[id]': () => import('./v1/changes/[id]/route'),
  '/api/v1/changes/export': () => import('./v1/changes/export/route'),
  '/api/v1/changes/facets': () => import('./v1/changes/facets/route'),
  '/api/v1/changes': () => import('./v1/changes/route'),
  '/api/v1/changes/volume': () => import('./v1/changes/volume/route'),
  '/api/v1/channels/[id]': () => import('./v1/channels/[id]/route'),
  '/api/v1/channels/[id]/test': () => import('./v1/channels/[id]/test/route'),
  '/api/v1/channels': () => import('./v1/channels/route'),
  '/api/v1/collections': () => import('./v1/collections/route'),
  '/api/v1/coverage/readings': () => import('./v1/coverage/readings/route'),
  '/api/v1/coverage': () => import('./v1/coverage/route'),
  '/api/v1/deliveries/[id]/replay': () => import('./v1/deliveries/[id]/replay/route'),
  '/api/v1/deliveries/[id]': () => import('./v1/deliveries/[id]/route'),
  '/api/v1/deliveries': () => import('./v1/deliveries/route'),
  '/api/v1/directory/[kind]/[id]': () => import('./v1/directory/[kind]/[id]/route'),
  '/api/v1/directory/[kind]': () => import('./v1/directory/[kind]/route'),
  '/api/v1/directory': () => import('./v1/directory/route'),
  '/api/v1/directory/snapshots/[id]': () => import('./v1/directory/snapshots/[id]/route'),
  '/api/v1/directory/snapshots': () => import('./v1/directory/snapshots/route'),
  '/api/v1/division-moves/[id]/reviews': () => import('./v1/division-moves/[id]/reviews/route'),
  '/api/v1/division-moves/[id]': () => import('./v1/division-moves/[id]/route'),
  '/api/v1/division-moves/export': () => import('./v1/division-moves/export/route'),
  '/api/v1/division-moves': () => import('./v1/division-moves/route'),
  '/api/v1/division-moves/summary': () => import('./v1/division-moves/summary/route'),
  '/api/v1/health': () => import('./v1/health/route'),
  '/api/v1/journal/facets': () => import('./v1/journal/facets/route'),
  '/api/v1/journal': () => import('./v1/journal/route'),
  '/api/v1/me/password': () => import('./v1/me/password/route'),
  '/api/v1/me': () => import('./v1/me/route'),
  '/api/v1/metrics/unlinked-change-rate': () => import('./v1/metrics/unlinked-change-rate/route'),
  '/api/v1/observations': () => import('./v1/observations/route'),
  '/api/v1/openapi.json': () => import('./v1/openapi.json/route'),
  '/api/v1/organizations/[id]': () => import('./v1/organizations/[id]/route'),
  '/api/v1/organizations': () => import('./v1/organizations/route'),
  '/api/v1/quarantine/[id]/replay': () => import('./v1/quarantine/[id]/replay/route'),
  '/api/v1/quarantine/[id]': () => import('./v1/quarantine/[id]/route'),
  '/api/v1/quarantine': () => import('./v1/quarantine/route'),
  '/api/v1/settings/divisions': () => import('./v1/settings/divisions/route'),
  '/api/v1/settings/policy': () => import('./v1/settings/policy/route'),
  '/api/v1/settings': () => import('./v1/settings/route'),
  '/api/v1/settings/sources/[id]': () => import('./v1/settings/sources/[id]/route'),
  '/api/v1/settings/sources': () => import('./v1/settings/sources/route'),
  '/api/v1/users/[id]': () => import('./v1/users/[id]/route'),
  '/api/v1/users/[id]/sessions': () => import('./v1/users/[id]/sessions/route'),
  '/api/v1/users': () => import('./v1/users/route'),
};

/** The handlers of every route, by path. */
export async function loadRoutes(): Promise<Record<string, RouteModule>> {
  const loaded = await Promise.all(
    Object.entries(ROUTES).map(async ([path, load]) => [path, await load()] as const),
  );
  return Object.fromEntries(loaded);
}
