import { sentenceCase, wordsOf } from '@/components/ui/data/format';

type Facts = Readonly<Record<string, unknown>> | null;
export type StateRow = {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly differs: boolean;
};

/** What was read before and read back after, name by name; what differs comes first. */
export function stateRows(
  before: Facts,
  after: Facts,
  divisionName: (id: string) => string = (id) => id,
): readonly StateRow[] {
  // Its id stands with the response already.
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => name !== 'id',
  );
  const rows = names.map((name) => {
    const say = name === 'divisionId' ? divisionName : (text: string) => text;
    const was = say(textOf(before, name));
    const is = say(textOf(after, name));
    return {
      name: name === 'divisionId' ? 'Division' : wordsOfName(name),
      before: was,
      after: is,
      differs: before !== null && after !== null && was !== is,
    };
  });
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

function wordsOfName(name: string): string {
  return sentenceCase(wordsOf(name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()));
}

function textOf(facts: Facts, name: string): string {
  if (facts === null) return 'not read';
  const value = facts[name];
  if (value === undefined) return 'not given';
  if (value === null) return 'none';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
