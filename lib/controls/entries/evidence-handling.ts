import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { Keeping } from '../model/inputs';
import { mustBeNone, observed, untold } from '../model/observe';

const keeping = (changed: Partial<Keeping> = {}) =>
  known<Keeping>({
    pages: 400,
    compared: 50,
    wrong: [],
    appendOnly: true,
    appendOnlyBecause: null,
    quarantined: 0,
    ...changed,
  });

export default defineControl({
  id: 'evidence-handling',
  title: 'Evidence stays what it was',
  area: 'evidence',
  promise:
    'What was received is kept as it came, cannot be changed, and is found to be the same when read again.',
  severity: 'critical',
  remedy:
    'Restore the objects named here from the backup of the vault, and find out who could write there. For the database, see what doctor says.',
  limits:
    'A sample of the kept pages is read again in each run. Sealing, signatures and object lock come with the evidence packages and are not looked at here.',
  requires: ['keeping'],
  thresholds: {},
  evaluate({ keeping: seen }) {
    const { pages, compared, wrong, appendOnly, appendOnlyBecause, quarantined } = seen;
    const pageCheck = { what: 'Kept pages read again', key: 'pages' };
    return {
      observations: [
        compared === 0
          ? untold(pageCheck, 'the same bytes', 'no page was kept yet')
          : mustBeNone(
              pageCheck,
              wrong.length,
              `of ${compared} kept pages differ or are missing`,
              wrong[0]?.because,
            ),
        appendOnly === null
          ? untold(
              { what: 'Append-only tables', key: 'append-only' },
              'kept by the database',
              appendOnlyBecause ?? 'it cannot be told',
            )
          : observed(
              { what: 'Append-only tables', key: 'append-only', severity: 'high' },
              {
                expected: 'kept by the database',
                actual: appendOnly
                  ? 'kept by the database'
                  : (appendOnlyBecause ?? 'kept by the product alone'),
                ok: appendOnly,
              },
            ),
        mustBeNone(
          { what: 'Records in quarantine', key: 'quarantine', severity: 'medium' },
          quarantined,
          'records in quarantine, which nobody can read',
        ),
      ],
      rows: [{ pages, compared, different: wrong.length }],
    };
  },
  examples: [
    {
      name: 'the same bytes, and a database that refuses changes',
      inputs: { keeping: keeping() },
      outcome: 'pass',
    },
    {
      name: 'a page that differs',
      inputs: { keeping: keeping({ wrong: [{ pageId: 'pag_1', because: 'pag_1 has other bytes' }] }) },
      outcome: 'fail',
      says: /1 of 50 kept pages differ or are missing/,
    },
    {
      name: 'a login that may change facts',
      inputs: { keeping: keeping({ appendOnly: false, appendOnlyBecause: 'kept by the product alone' }) },
      outcome: 'fail',
    },
    { name: 'quarantined records', inputs: { keeping: keeping({ quarantined: 2 }) }, outcome: 'fail' },
    {
      name: 'nothing kept yet',
      inputs: { keeping: keeping({ pages: 0, compared: 0 }) },
      outcome: 'not_evaluated',
    },
    {
      name: 'not looked at',
      inputs: { keeping: notEvaluated('the vault is not reachable') },
      outcome: 'not_evaluated',
    },
  ],
});
