'use client';

import Link from 'next/link';
import { useApi } from '@/components/api/use-api';
import { Section } from '@/components/change-detail/section';
import { useMay } from '@/components/frame/use-me';
import { AskResponse } from '@/components/responses/ask-response';
import { responsePath } from '@/components/responses/paths';
import { ResponseMark } from '@/components/responses/response-mark';
import { useScope } from '@/components/url/use-scope';
import type { AlertDetailDto } from '@/lib/alerts/contract/alerts';
import type { ResponseDetailDto } from '@/lib/alerts/contract/responses';
import { useDetections } from '../use-detections';

/** What could be done about it, was asked for or done; and what may still be asked for. */
export function AlertResponses({ alert }: { readonly alert: AlertDetailDto }) {
  const may = useMay('responses.read');
  const detections = useDetections().data?.items ?? [];
  if (!may) return null;
  const possible = alert.items.flatMap((item) => {
    const rule = detections.find((one) => one.id === item.rule);
    return (rule?.responses ?? []).map((kind) => ({ findingId: item.id, sentence: item.sentence, kind }));
  });
  if (alert.responseIds.length === 0 && possible.length === 0) return null;
  return (
    <Section title="Responses">
      {alert.responseIds.length === 0 ? (
        <p className="text-muted">None was proposed by policy.</p>
      ) : (
        <ul className="divide-y border-y">
          {alert.responseIds.map((id) => (
            <ResponseLine key={id} id={id} />
          ))}
        </ul>
      )}
      <AskResponse possible={possible} />
    </Section>
  );
}

function ResponseLine({ id }: { readonly id: string }) {
  const { href } = useScope();
  const response = useApi<ResponseDetailDto>(responsePath(id), { live: true }).data;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-2">
      {response === undefined ? null : <ResponseMark state={response.state} />}
      <Link className="door" href={href(`/responses/${encodeURIComponent(id)}`)}>
        {response?.sentence ?? 'The response'}
      </Link>
      {response?.because == null ? null : <span className="text-sm text-muted">{response.because}</span>}
    </li>
  );
}
