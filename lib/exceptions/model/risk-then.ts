import { RISKS } from '@/lib/kernel/words';
import type { Exception, RiskThen } from './exception';

/** The risk now: as the newest run says, else as the exception has it. */
export function riskOf(
  exception: Pick<Exception, 'severity' | 'riskBasis' | 'sentence'>,
  now: {
    readonly severity: Exception['severity'];
    readonly riskBasis: string;
    readonly sentence: string;
  } | null,
): RiskThen {
  const { severity, riskBasis, sentence } = now ?? exception;
  return { severity, riskBasis, sentence };
}

/** Whether the risk is another or graver one than what was answered. Less grave on the same basis is still the same risk. */
export function graverOrOther(
  then: Pick<RiskThen, 'severity' | 'riskBasis'>,
  now: Pick<RiskThen, 'severity' | 'riskBasis'>,
): boolean {
  return then.riskBasis !== now.riskBasis || RISKS.indexOf(now.severity) > RISKS.indexOf(then.severity);
}

/** Why an answer no longer holds, in a sentence. */
export function staleBecause(
  then: Pick<RiskThen, 'severity' | 'riskBasis'>,
  now: Pick<RiskThen, 'severity' | 'riskBasis'>,
): string {
  return then.riskBasis !== now.riskBasis
    ? `What the risk rests on changed since it was decided: from “${then.riskBasis ?? 'nothing'}” to “${now.riskBasis ?? 'nothing'}”.`
    : `It became graver since it was decided: from ${then.severity} to ${now.severity}.`;
}
