import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { METHODS, openApiDocument } from '@/app/api/openapi-document';
import { loadRoutes } from '@/app/api/route-catalogue';
import { isPermission, isWrite, PERMISSIONS } from '@/lib/auth/permissions';
import { catalogueNow, catalogueText, routeFiles, routePath } from './route-catalogue';
import { isTest, ROOT, sourceFiles } from './source-files';

/** Routes that answer without knowing who asks; each needs its reason. */
const PUBLIC = new Map([
  ['/api/v1/health', 'load balancers ask it, and it says nothing but up or down'],
  ['/api/v1/openapi.json', 'the description of the API is no secret'],
  ['/api/v1/justifications/answer', 'the signed link in the body is what lets somebody answer'],
]);
/** What Next reads from a route file besides its handlers. */
const NEXT_OPTIONS = ['dynamic', 'revalidate', 'runtime', 'maxDuration'];

const routes = await loadRoutes();

describe('every route has a permission', () => {
  test('the catalogue holds every route file: run `node --import tsx lib/testing/house/route-catalogue.ts`', () => {
    expect(catalogueNow()).toBe(catalogueText());
    expect(Object.keys(routes).sort()).toEqual(routeFiles().map(routePath).sort());
  });

  test.each(Object.entries(routes))('%s is made by handle()', (route, module) => {
    for (const [name, exported] of Object.entries(module)) {
      if (NEXT_OPTIONS.includes(name)) continue;
      expect(METHODS).toContain(name);
      const permission: string | undefined = exported?.route?.permission;
      expect({ route, name, permission: typeof permission }).toEqual({ route, name, permission: 'string' });
      if (permission === 'public') expect(PUBLIC.has(route)).toBe(true);
      else {
        expect(isPermission(permission ?? '')).toBe(true);
        if (name === 'GET' && isPermission(permission ?? ''))
          expect(isWrite(permission as never)).toBe(false);
      }
    }
  });

  test('no route file goes round handle()', () => {
    for (const file of routeFiles()) {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      expect({ file, plain: /export (async )?function/.test(text) }).toEqual({ file, plain: false });
    }
  });

  test('routes outside /api/v1 are the sign-in library alone', () => {
    const others = sourceFiles()
      .map((file) => file.path)
      .filter((file) => /^app\/.*\/route\.tsx?$/.test(file) && !file.startsWith('app/api/v1/'));
    expect(others).toEqual(['app/api/auth/[...nextauth]/route.ts']);
  });

  test('every permission is used by a route, a view, a page or a command', () => {
    const text = sourceFiles()
      .filter((file) => !isTest(file.path) && file.path !== 'lib/auth/permissions.ts')
      .filter((file) => /^(app|workers)\//.test(file.path) || file.path.startsWith('lib/'))
      .map((file) => file.text)
      .join('\n');
    const unused = Object.keys(PERMISSIONS).filter((name) => !text.includes(`'${name}'`));
    expect(unused).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument(routes, '0.0.0');

  test('describes every handler, once, with its parameters and its answer', () => {
    const ids = new Set<string>();
    for (const [route, module] of Object.entries(routes)) {
      const operations = document.paths[route.replaceAll(/\[(\w+)\]/g, '{$1}')] ?? {};
      const described = Object.keys(operations).map((method) => method.toUpperCase());
      expect({ route, described }).toEqual({ route, described: METHODS.filter((method) => module[method]) });
      for (const operation of Object.values(operations)) {
        const { operationId, parameters, summary } = JSON.parse(JSON.stringify(operation));
        expect(ids.has(operationId)).toBe(false);
        ids.add(operationId);
        expect({ route, summary: summary !== '' }).toEqual({ route, summary: true });
        const named = parameters
          .filter((one: { in: string }) => one.in === 'path')
          .map((one: { name: string }) => one.name);
        expect({ route, named }).toEqual({
          route,
          named: [...route.matchAll(/\[(\w+)\]/g)].map((match) => match[1]),
        });
      }
    }
  });
});
