import { handle } from '@/app/api/handle';
import { settingsSchema } from '@/lib/auth/contract';
import { readSettings } from '@/lib/auth/views/settings';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Settings in force, their history, and what the environment decides',
  answer: settingsSchema,
  run: ({ viewer }) => readSettings(viewer),
});
