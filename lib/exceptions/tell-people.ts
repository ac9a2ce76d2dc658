import type { Sql } from '@/lib/db/sql';
import { graver } from '@/lib/findings/model/severity';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Risk, Role } from '@/lib/kernel/words';
import type { Exception } from './model/exception';
import type { Reminder } from './model/keep';
import { insertNotices, type Notice } from './store/notices';

/** Who is told of what nobody owns. */
const QUEUE_ROLES: readonly Role[] = ['officer'];
const DECIDING_ROLES: readonly Role[] = ['admin', 'officer', 'privacy_officer'];

/** Tells owners what is theirs now, and the officers what nobody owns: one notice each and run, however many there are. */
export function tellOfOpened(sql: Sql, opened: readonly Exception[], now: Date): Promise<void> {
  return tell(sql, opened, now, {
    what: 'opened',
    purpose: 'update',
    many: 'new exceptions',
    says: (exception) => `New exception: ${exception.sentence}`,
  });
}

/** Tells that what was answered is open again. */
export function tellOfReturned(sql: Sql, returned: readonly Exception[], now: Date): Promise<void> {
  return tell(sql, returned, now, {
    what: 'returned',
    purpose: 'update',
    many: 'exceptions are open again',
    says: ({ sentence, stateBecause }) => `Open again: ${sentence}. ${stateBecause ?? ''}`.trim(),
  });
}

/** Reminds owners of what ends or is due, the officers of what nobody owns. */
export function tellOfReminders(
  sql: Sql,
  reminders: readonly { readonly exception: Exception; readonly reminder: Reminder }[],
  now: Date,
): Promise<void> {
  const says = new Map(reminders.map(({ exception, reminder }) => [exception.id, reminder.says]));
  return tell(
    sql,
    reminders.map(({ exception }) => exception),
    now,
    {
      what: 'reminded',
      purpose: 'reminder',
      many: 'exceptions end or are due soon, or are overdue',
      says: ({ id, sentence }) => `${sentence}. ${says.get(id) ?? ''}`.trim(),
    },
  );
}

/** Tells one person of one exception, such as that they own it or were mentioned. */
export function tellOne(
  sql: Sql,
  of: {
    readonly exception: Exception;
    readonly key: string;
    readonly title: string;
    readonly userIds: readonly string[];
  },
  now: Date,
): Promise<void> {
  if (of.userIds.length === 0) return Promise.resolve();
  return insertNotices(sql, [
    {
      ...noticeOf(of.exception, now),
      key: of.key,
      purpose: 'update',
      title: of.title,
      userIds: of.userIds,
      roles: [],
    },
  ]);
}

/** Tells those who may decide that something waits for a second person. */
export function tellDeciders(
  sql: Sql,
  of: { readonly exception: Exception; readonly title: string },
  now: Date,
): Promise<void> {
  const { exception, title } = of;
  const key = `request/${exception.request?.id ?? exception.id}`;
  return insertNotices(sql, [
    { ...noticeOf(exception, now), key, purpose: 'update', title, userIds: [], roles: DECIDING_ROLES },
  ]);
}

async function tell(
  sql: Sql,
  exceptions: readonly Exception[],
  now: Date,
  words: {
    readonly what: string;
    readonly purpose: Notice['purpose'];
    readonly many: string;
    readonly says: (exception: Exception) => string;
  },
): Promise<void> {
  const byOwner = new Map<string | null, Exception[]>();
  for (const exception of exceptions) {
    const owner = exception.owner?.id ?? null;
    const theirs = byOwner.get(owner);
    if (theirs === undefined) byOwner.set(owner, [exception]);
    else theirs.push(exception);
  }
  const notices = [...byOwner].flatMap(([owner, theirs]): Notice[] => {
    const [first] = theirs;
    if (first === undefined) return [];
    return [
      {
        ...noticeOf(first, now),
        // One run tells a person once, in however many batches it works.
        key: `${words.what}/${owner ?? 'none'}/${toIsoMs(now)}`,
        severity: theirs.reduce((worst: Risk, one) => graver(worst, one.severity), 'low'),
        purpose: words.purpose,
        title: words.says(first),
        items: theirs.length,
        many: words.many,
        manyPath: `/exceptions?owner=${owner ?? 'none'}`,
        userIds: owner === null ? [] : [owner],
        roles: owner === null ? QUEUE_ROLES : [],
      },
    ];
  });
  await insertNotices(sql, notices);
}

function noticeOf(exception: Exception, now: Date) {
  const path = `/exceptions/${exception.id}`;
  const { orgId, id: exceptionId, severity } = exception;
  return { orgId, exceptionId, at: now, severity, path, items: 1, many: '', manyPath: path };
}
