import { AppError } from '@/lib/kernel/errors';

export type QueueErrorCode = 'queue_unreachable' | 'job_payload' | 'job_schedule';

export function queueError(
  code: QueueErrorCode,
  message: string,
  more: { hint?: string; cause?: unknown; retryable?: boolean } = {},
): AppError<QueueErrorCode> {
  return new AppError({ code, message, ...more });
}

/** Rejects with `queue_unreachable` after the limit: BullMQ waits for a lost Redis without end and only emits errors. */
export async function withinLimit<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        queueError(
          'queue_unreachable',
          `cannot ${what}: the queue did not answer within ${limitMs / 1000} s`,
          { retryable: true },
        ),
      );
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
