import { OutcomeMark } from '@/components/tally/outcome-mark';

/** What stands behind "ledger not sealed". */
export function LedgerView() {
  return (
    <div className="max-w-160">
      <OutcomeMark outcome="not_evaluated" word="Not sealed" />
      <p className="mt-3">
        Each record, reading and journal row is written once with a random salt and a leaf hash over its exact
        bytes, and the database does not let this product change or delete it. The leaves are not yet sealed
        into a signed log, so nobody outside can prove from here that none was left out.
      </p>
      <p className="mt-3 text-muted">
        Until sealing is switched on, every page says so, and no number in this product rests on a seal.
      </p>
    </div>
  );
}
