import { CodeBlock } from '@/components/ui/data/code-block';
import { keyed } from '@/components/ui/data/keyed';

/** A policy's value as a person reads it: a list of words, a table of rules, otherwise as JSON. */
export function PolicyValue({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0) return <p className="text-muted">An empty list.</p>;
    if (items.every(isRecord)) return <RuleTable rules={items} />;
    if (items.every((item) => typeof item === 'string'))
      return <p className="font-mono text-sm">{items.join(', ')}</p>;
  }
  return <CodeBlock label="Value" text={JSON.stringify(value, null, 2)} />;
}

/** More columns than this fit no narrow page, and mostly stand empty. */
const TABLE_COLUMNS = 6;

function RuleTable({ rules }: { readonly rules: readonly Record<string, unknown>[] }) {
  const columns = [...new Set(rules.flatMap((rule) => Object.keys(rule)))];
  if (columns.length > TABLE_COLUMNS) return <RuleList rules={rules} />;
  return (
    <table className="text-sm">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className="py-1 pr-6 text-left text-xs font-medium text-muted">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keyed(rules, (rule) => JSON.stringify(rule)).map(({ key, item: rule }) => (
          <tr key={key} className="border-t align-top">
            {columns.map((column) => (
              <td key={column} className="py-1 pr-3 wrap-anywhere sm:pr-6">
                {cellText(rule[column])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Each rule by the words it holds itself. */
function RuleList({ rules }: { readonly rules: readonly Record<string, unknown>[] }) {
  return (
    <ul className="flex flex-col gap-3 text-sm">
      {keyed(rules, (rule) => JSON.stringify(rule)).map(({ key, item: rule }) => (
        <li key={key} className="border-t pt-2">
          <dl className="flex flex-wrap gap-x-6 gap-y-1">
            {Object.entries(rule).map(([name, value]) => (
              <div key={name} className="flex min-w-0 gap-x-2">
                <dt className="text-xs leading-5 text-muted">{name}</dt>
                <dd className="min-w-0 wrap-anywhere">{cellText(value)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
