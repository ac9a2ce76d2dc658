import { AppError } from '@/lib/kernel/errors';

export type TypesetErrorCode = 'cannot_typeset';

/** The one error of this room: why, and what the compiler said. */
export function cannotTypeset(why: string, diagnostics: string): AppError<TypesetErrorCode> {
  return new AppError<TypesetErrorCode>({
    code: 'cannot_typeset',
    message: `cannot typeset the document: ${why}`,
    details: { diagnostics },
  });
}
