import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { SelfActs } from '../model/inputs';
import { mustBeNone } from '../model/observe';
import { numberOf } from '../model/threshold';

const acts = (...found: SelfActs['acts']) =>
  known<SelfActs>({ from: '2026-08-31T00:00:00Z', to: '2026-11-30T00:00:00Z', acts: found });
const act = (kind: 'self_move' | 'self_grant'): SelfActs['acts'][number] => ({
  key: `${kind}/1`,
  kind,
  at: '2026-11-02T10:00:00Z',
  sentence: 'Dana moved herself to Restricted',
  actor: 'Dana',
  changeId: 'c1',
});

export default defineControl({
  id: 'access-segregation',
  title: 'Nobody decides about their own access',
  area: 'access',
  promise: 'No administrator grants roles to themselves or moves themselves into another division.',
  severity: 'critical',
  remedy:
    'Have somebody else review each act named here, undo those nobody asked for, and take the right to grant away from whoever needs it not.',
  requires: ['selfActs'],
  thresholds: {
    selfMoves: { kind: 'number', title: 'Self-moves in 90 days', default: 0, min: 0, max: 1_000, unit: '' },
    selfGrants: { kind: 'number', title: 'Self-grants in 90 days', default: 0, min: 0, max: 1_000, unit: '' },
  },
  evaluate({ selfActs }, thresholds) {
    const { acts: found, from, to } = selfActs;
    const rows = found.map(({ at, kind, sentence, actor, changeId }) => ({
      at,
      act: kind === 'self_move' ? 'moved themselves' : 'granted themselves a role',
      actor,
      sentence,
      changeId,
    }));
    if (found.length === 0)
      return {
        nothing: `Nobody moved or granted roles to themselves from ${from} to ${to}: a proven zero of completely read records`,
      };
    const of = (kind: SelfActs['acts'][number]['kind']) => found.filter((one) => one.kind === kind);
    const judge = (what: string, kind: SelfActs['acts'][number]['kind'], allowed: number) => {
      const observation = mustBeNone(
        { what, key: kind },
        of(kind).length,
        `${what.toLowerCase()} in 90 days`,
        of(kind)[0]?.sentence,
      );
      return of(kind).length > 0 && of(kind).length <= allowed
        ? {
            ...observation,
            ok: true,
            expected: `at most ${allowed}`,
            sentence: `${of(kind).length} ${what.toLowerCase()} in 90 days, ${allowed} are allowed`,
          }
        : observation;
    };
    return {
      observations: [
        judge('Self-moves', 'self_move', numberOf(thresholds, 'selfMoves')),
        judge('Self-grants', 'self_grant', numberOf(thresholds, 'selfGrants')),
      ],
      rows,
    };
  },
  examples: [
    { name: 'I24: none, proven', inputs: { selfActs: acts() }, outcome: 'pass', says: /proven zero/ },
    {
      name: 'a self-move',
      inputs: { selfActs: acts(act('self_move')) },
      outcome: 'fail',
      says: /^1 self-moves in 90 days, none is allowed; Dana moved herself/,
    },
    { name: 'a self-grant', inputs: { selfActs: acts(act('self_grant')) }, outcome: 'fail' },
    {
      name: 'one is allowed',
      inputs: { selfActs: acts(act('self_grant')) },
      thresholds: { selfGrants: 1 },
      outcome: 'pass',
    },
    {
      name: 'records are missing',
      inputs: { selfActs: notEvaluated('3 hours are missing') },
      outcome: 'not_evaluated',
    },
  ],
});
