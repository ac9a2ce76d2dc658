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

function RuleTable({ rules }: { readonly rules: readonly Record<string, unknown>[] }) {
  const columns = [...new Set(rules.flatMap((rule) => Object.keys(rule)))];
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

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
