import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import type { ResponseDto } from '@/lib/alerts/contract/responses';

/** What it does in one sentence, as a link; what was only observed says `would`. */
export function ResponseTitle({ response, href }: { readonly response: ResponseDto; readonly href: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <Link
        href={href}
        dir="auto"
        onClick={(event) => event.stopPropagation()}
        className="inline-block min-h-6 text-ink hover:text-accent hover:underline"
      >
        {response.sentence}
      </Link>
      {response.undoOf === null ? null : <Badge>Undoes another</Badge>}
      {response.undoneBy === null ? null : <Badge>Undone</Badge>}
    </span>
  );
}
