import type { AlertDto } from '@/lib/alerts/contract/alerts';

/** The number that the ticket system gave; its page there when the address is known. */
export function IncidentLink({ incident }: { readonly incident: NonNullable<AlertDto['incident']> }) {
  if (incident.url === null) return <span className="font-mono">{incident.number}</span>;
  return (
    <a
      href={incident.url}
      target="_blank"
      rel="noreferrer"
      className="door font-mono"
      onClick={(event) => event.stopPropagation()}
    >
      {incident.number}
    </a>
  );
}
