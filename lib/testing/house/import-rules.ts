import { rankOf } from './rooms';
import type { Import, SourceFile } from './source-files';

export type ImportRule = {
  readonly name: string;
  /** Whether this import breaks the rule. */
  readonly breaks: (file: SourceFile, one: Import) => boolean;
  /** An import that must be caught: shows that the rule can fail. */
  readonly planted: { readonly from: string; readonly specifier: string };
};

type Drawer = 'model' | 'store' | 'views' | 'contract' | 'jobs' | 'use case';

export function roomOf(path: string): string | null {
  return /^lib\/([^/]+)\//.exec(path)?.[1] ?? null;
}

export function drawerOf(path: string): Drawer {
  const rest = path.replace(/^lib\/[^/]+\//, '');
  if (rest.startsWith('model/')) return 'model';
  if (rest.startsWith('store/')) return 'store';
  if (/^views(\/|\.|$)/.test(rest)) return 'views';
  if (/^contract(\/|\.|$)/.test(rest)) return 'contract';
  if (/^jobs(\.|$)/.test(rest)) return 'jobs';
  return 'use case';
}

/** Packages that only one folder may know. */
const HOMES: Readonly<Record<string, string>> = {
  bullmq: 'lib/queue/',
  'purecloud-platform-client-v2': 'lib/genesys/',
  recharts: 'components/charts/',
};

/** What a model may use of node: pure functions over bytes and addresses. */
const PURE_NODE_MODULES = ['node:buffer', 'node:crypto', 'node:net'];

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    name: 'a room imports only rooms above it; views may read any room',
    planted: { from: 'lib/changes/ingest.ts', specifier: '@/lib/linking/link-changes' },
    breaks: (file, { target }) => {
      const own = roomOf(file.path);
      const other = target === null ? null : roomOf(target);
      if (
        own === null ||
        other === null ||
        own === other ||
        drawerOf(file.path) === 'views' ||
        own === 'testing'
      )
        return false;
      return rankOf(other) === -1 || rankOf(other) > rankOf(own);
    },
  },
  {
    name: 'nobody imports a view but pages, routes, views and the command line',
    planted: { from: 'lib/linking/link-changes.ts', specifier: '@/lib/changes/views/list' },
    breaks: (file, { target }) => {
      if (target === null || roomOf(target) === null || drawerOf(target) !== 'views') return false;
      return (
        drawerOf(file.path) !== 'views' &&
        !file.path.startsWith('app/') &&
        !file.path.startsWith('workers/cli/')
      );
    },
  },
  {
    name: 'a model imports the kernel, models and types of contracts only',
    planted: { from: 'lib/changes/model/normalise.ts', specifier: 'zod' },
    breaks: (file, { target, specifier }) => {
      if (roomOf(file.path) === null || drawerOf(file.path) !== 'model') return false;
      if (target === null) return !PURE_NODE_MODULES.includes(specifier);
      const other = roomOf(target);
      return other !== 'kernel' && drawerOf(target) !== 'model' && drawerOf(target) !== 'contract';
    },
  },
  {
    name: 'a store imports models, db, vault and lake, nothing else of ours',
    planted: { from: 'lib/changes/store/change-rows.ts', specifier: '@/lib/genesys/connect' },
    breaks: (file, { target }) => {
      const own = roomOf(file.path);
      const other = target === null ? null : roomOf(target);
      if (own === null || other === null || target === null || drawerOf(file.path) !== 'store') return false;
      if (['kernel', 'db', 'vault', 'lake', 'log'].includes(other)) return false;
      return !['model', 'contract', ...(other === own ? ['store'] : [])].includes(drawerOf(target));
    },
  },
  {
    name: 'components know the kernel, contracts and models, never stores, views, env or db',
    planted: { from: 'components/changes/list.tsx', specifier: '@/lib/changes/views/list' },
    breaks: (file, { target }) => {
      if (!file.path.startsWith('components/') || target === null) return false;
      if (/^(app|workers|e2e)\//.test(target)) return true;
      const other = roomOf(target);
      return (
        other !== null &&
        other !== 'kernel' &&
        drawerOf(target) !== 'contract' &&
        drawerOf(target) !== 'model'
      );
    },
  },
  {
    name: 'app never reaches stores, Prisma, pg, the queue or workers',
    planted: { from: 'app/api/v1/changes/route.ts', specifier: '@/lib/changes/store/change-rows' },
    breaks: (file, { target, specifier }) => {
      if (!file.path.startsWith('app/')) return false;
      if (['bullmq', 'pg', '@prisma/client'].includes(specifier)) return true;
      return (
        target !== null &&
        (target.includes('/store/') || target.startsWith('workers/') || target.includes('db/generated'))
      );
    },
  },
  {
    name: 'only the queue knows BullMQ, only genesys the SDK, only charts Recharts',
    planted: { from: 'workers/worker.ts', specifier: 'bullmq' },
    breaks: (file, { specifier }) =>
      HOMES[specifier] !== undefined && !file.path.startsWith(HOMES[specifier]),
  },
  {
    name: 'the product never imports the sandbox or what tests use',
    planted: { from: 'workers/demo/main.ts', specifier: '@/e2e/sandbox/start' },
    breaks: (file, { target }) =>
      target !== null &&
      (target.startsWith('e2e/') || target.startsWith('lib/testing/')) &&
      !file.path.startsWith('e2e/'),
  },
];

const IMPURE = /\bDate\.now\(|\bMath\.random\(|\basync\b|\bawait\b|new Date\(\)|\brandom(Bytes|UUID)\(/;

/** Whether a model's text reads a clock, draws at random or waits. */
export function isImpure(text: string): boolean {
  return IMPURE.test(text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1'));
}
