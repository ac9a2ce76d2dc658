import { createUser } from '@/lib/auth/people/create-user';
import type { Database } from '@/lib/db/connection';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { AppError } from '@/lib/kernel/errors';
import type { Role } from '@/lib/kernel/words';

/** Known passwords, for the demo's own database only: it holds nothing but an invented organisation. */
export const PERSONAS: readonly {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly does: string;
}[] = [
  {
    role: 'officer',
    name: 'Olivia Ferrant',
    email: 'officer@northwind.example.test',
    password: 'paper-ledger-olive-42',
    does: 'compliance officer: browses, filters, exports',
  },
  {
    role: 'auditor',
    name: 'Aurel Brandt',
    email: 'auditor@northwind.example.test',
    password: 'split-notch-amber-17',
    does: 'auditor: reads everything, changes nothing; every view is journaled',
  },
  {
    role: 'admin',
    name: 'Ada Moreau',
    email: 'admin@northwind.example.test',
    password: 'hazel-tally-stone-88',
    does: 'administrator: settings, people, keys, sources',
  },
  {
    role: 'privacy_officer',
    name: 'Priya Nandakumar',
    email: 'privacy@northwind.example.test',
    password: 'quiet-river-slate-63',
    does: 'data protection officer',
  },
  {
    role: 'operator',
    name: 'Otto Lindqvist',
    email: 'operator@northwind.example.test',
    password: 'copper-lantern-pine-25',
    does: 'operator: collections, quarantine, health',
  },
];

/** Adds the demo's people; those that are there stay. */
export async function ensurePersonas(db: Database): Promise<void> {
  for (const { role, name, email, password } of PERSONAS) {
    try {
      await createUser(db, { email, name, role, password: { kind: 'given', value: password } }, SYSTEM_ACTOR);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    }
  }
}
