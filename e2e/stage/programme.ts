import fs from 'node:fs';
import { PROGRAMME_FILE } from './addresses';

export type PersonaRole = 'admin' | 'officer' | 'auditor' | 'operator' | 'privacy_officer';
export type Programme = {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly anchor: string;
  readonly personas: readonly {
    readonly role: PersonaRole;
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }[];
};

/** What the running demo told about itself. */
export function programme(): Programme {
  return JSON.parse(fs.readFileSync(PROGRAMME_FILE, 'utf8')) as Programme;
}

export function persona(role: PersonaRole): Programme['personas'][number] {
  const found = programme().personas.find((one) => one.role === role);
  if (found === undefined) throw new Error(`the demo has no ${role}`);
  return found;
}
