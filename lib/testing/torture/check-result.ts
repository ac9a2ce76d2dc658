import type { Sql } from '@/lib/db/sql';
import type { Vault } from '@/lib/vault/vault';
import { checkChains } from './check-chains';
import { checkIds } from './check-ids';
import { checkRollups } from './check-rollups';
import { checkStoredBytes } from './check-stored-bytes';
import type { SandboxTruth } from './sandbox-process';

/** One line of the report. */
export type Figure = {
  readonly name: string;
  readonly value: string | number;
  /** Whether this figure is what must not be. */
  readonly breach: boolean;
};

/** What is looked at: a connection that sees everything, the vault, and what the organisation really holds. */
export type Evidence = {
  readonly sql: Sql;
  readonly vault: Pick<Vault, 'get'>;
  readonly truth: SandboxTruth;
  /** Decides which records are hashed again. */
  readonly seed: number;
  readonly sampled: number;
};

/** Everything that must hold after any number of kills, a figure each. */
export async function checkResult(evidence: Evidence): Promise<Figure[]> {
  return [
    ...(await checkIds(evidence)),
    ...(await checkRollups(evidence)),
    ...(await checkStoredBytes(evidence)),
    ...(await checkChains(evidence)),
  ];
}

/** A count that must be zero. */
export function mustBeZero(name: string, value: number): Figure {
  return { name, value, breach: value !== 0 };
}

/** A count that must be exactly another. */
export function mustBe(name: string, value: number, wanted: number): Figure {
  return { name, value: value === wanted ? value : `${value}, not ${wanted}`, breach: value !== wanted };
}
