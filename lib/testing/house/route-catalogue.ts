import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './source-files';

export const CATALOGUE = 'app/api/route-catalogue.ts';
const LINE_WIDTH = 110;

/** Route files of the API, in order. */
export function routeFiles(): string[] {
  return walk('app/api/v1').sort();
}

/** The address a route file answers at, as Next spells it. */
export function routePath(file: string): string {
  return `/${file.replace(/^app\//, '').replace(/\/route\.ts$/, '')}`;
}

/** The text the catalogue must have. */
export function catalogueText(): string {
  const lines = routeFiles().map((file) => {
    const entry = `  '${routePath(file)}': () =>`;
    const load = `import('./${file.replace(/^app\/api\//, '').replace(/\.ts$/, '')}'),`;
    // As the formatter breaks it.
    return `${entry} ${load}`.length > LINE_WIDTH ? `${entry}\n    ${load}` : `${entry} ${load}`;
  });
  return `import type { RouteModule } from './openapi-document';

// Made by \`node --import tsx lib/testing/house/route-catalogue.ts\`; a test keeps it fresh.
const ROUTES: Readonly<Record<string, () => Promise<RouteModule>>> = {
${lines.join('\n')}
};

/** The handlers of every route, by path. */
export async function loadRoutes(): Promise<Record<string, RouteModule>> {
  const loaded = await Promise.all(
    Object.entries(ROUTES).map(async ([path, load]) => [path, await load()] as const),
  );
  return Object.fromEntries(loaded);
}
`;
}

export function catalogueNow(): string {
  const file = path.join(ROOT, CATALOGUE);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function walk(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('/route.ts'));
}

if (process.argv[1] === import.meta.filename) writeFileSync(path.join(ROOT, CATALOGUE), catalogueText());
