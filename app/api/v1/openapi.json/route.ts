import { handle } from '@/app/api/handle';
import { openApiDocument } from '@/app/api/openapi-document';
import { loadRoutes } from '@/app/api/route-catalogue';
import packageJson from '@/package.json';

export const GET = handle({
  permission: 'public',
  summary: 'This document',
  run: async () => openApiDocument(await loadRoutes(), packageJson.version),
});
