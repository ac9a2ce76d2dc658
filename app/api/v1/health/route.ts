import { handle } from '@/app/api/handle';
import { healthSchema } from '@/lib/auth/contract';
import { database } from '@/lib/db/process-database';
import { log } from '@/lib/log/log';
import packageJson from '@/package.json';

export const GET = handle({
  permission: 'public',
  summary: 'Whether the service and its database answer',
  answer: healthSchema,
  async run() {
    const up = await databaseAnswers();
    const word = up ? 'ok' : 'failing';
    return Response.json(
      { status: word, database: word, version: packageJson.version },
      { status: up ? 200 : 503 },
    );
  },
});

async function databaseAnswers(): Promise<boolean> {
  try {
    await database().sql.query('select 1');
    return true;
  } catch (error) {
    log.warn({ room: 'api', err: error }, 'health: the database does not answer');
    return false;
  }
}
