import { sentenceCase, wordsOf } from '@/components/ui/data/format';

type Facts = Readonly<Record<string, unknown>> | null;
export type StateRow = {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly differs: boolean;
};

/** What was read before and read back after, name by name; what differs comes first. */
export function stateRows(before: Facts, after: Facts): readonly StateRow[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const rows = names.map((name) => {
    const was = textOf(before, name);
    const is = textOf(after, name);
    return {
      name: sentenceCase(wordsOf(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())),
      before: was,
      after: is,
      differs: before !== null && after !== null && was !== is,
    };
  });
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

function textOf(facts: Facts, name: string): string {
  if (facts === null) return 'not read';
  const value = facts[name];
  if (value === undefined) return 'not given';
  if (value === null) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
